import { useEffect, useRef } from 'preact/hooks';
import { useLocale } from '../parts/locale-context.ts';
import { Note } from '../parts/note.tsx';
import type { Saved } from '../../protocol/connection.ts';
import { ConnectForm } from './connect-form.tsx';
import type { Options, Standing } from './model.ts';
import { problemText } from './problem-text.ts';

/** The connection: how to get one, or how the one there is stands. */
export function Connection({ options }: { options: Options }) {
  const { texts } = useLocale();
  const heading = useRef<HTMLHeadingElement>(null);
  const standing = options.standing.value;
  const isForm = standing.kind === 'signed-out' || options.replacing.value;
  const isLoading = standing.kind === 'loading';
  const former = useRef({ isForm, isLoading });

  // What had the focus is gone when the form comes or goes, so it moves to what took its place.
  useEffect(() => {
    if (!former.current.isLoading && former.current.isForm !== isForm) heading.current?.focus();
    former.current = { isForm, isLoading };
  }, [isForm, isLoading]);

  return (
    <section class="card" aria-labelledby="connection">
      <h2 id="connection" tabIndex={-1} ref={heading}>
        {texts.connection}
      </h2>
      <div role="status">
        {options.left.value ? (
          <Note kind="ok">{texts.signedOut}</Note>
        ) : (
          <span class="sr">{statusText(options, texts)}</span>
        )}
      </div>
      {standing.kind === 'signed-out' && <p class="said">{texts.intro}</p>}
      {isLoading && <Skeleton lines={3} />}
      {isForm && <ConnectForm options={options} />}
      {!isForm && 'saved' in standing && <Kept options={options} standing={standing} />}
    </section>
  );
}

function statusText({ standing, form }: Options, texts: ReturnType<typeof useLocale>['texts']): string {
  const now = standing.value;
  if (form.busy.value) return texts.connecting;
  if (now.kind === 'connected') return texts.signedInAs(now.facts.me.member.name);
  if (now.kind === 'checking') return texts.checking(now.saved.origin);
  return now.kind === 'loading' ? texts.loading : '';
}

type KeptStanding = Extract<Standing, { saved: Saved }>;

function Kept({ options, standing }: { options: Options; standing: KeptStanding }) {
  const { texts, number } = useLocale();
  const { saved } = standing;
  const isChecking = standing.kind === 'checking';
  return (
    <>
      {standing.kind === 'connected' && (
        <Note kind="ok">
          <b>{texts.signedInAs(standing.facts.me.member.name)}</b>
          {texts.betweenSentences}
          <span class="k2">{texts.answeredIn(number(standing.facts.took))}</span>
        </Note>
      )}
      {standing.kind === 'failing' && (
        <Note kind="bad">
          <b>{texts.notNow(saved.origin)}</b>
          {texts.betweenSentences}
          {problemText(texts, standing.problem)}
        </Note>
      )}
      {isChecking && (
        <div class="note">
          <span class="spin" />
          <span class="grow">{texts.checking(saved.origin)}</span>
        </div>
      )}
      <dl class="facts">
        <div>
          <dt>{texts.addressLabel}</dt>
          <dd>{saved.origin}</dd>
        </div>
        <div>
          <dt>{texts.tokenLabel}</dt>
          <dd>
            <code>{saved.tokenHint}</code>
          </dd>
        </div>
      </dl>
      <div class="btns foot">
        <button type="button" class="btn" aria-disabled={isChecking} onClick={() => void options.check()}>
          {texts.checkAgain}
        </button>
        <button type="button" class="btn" onClick={options.startReplacing}>
          {texts.replaceToken}
        </button>
        <button
          type="button"
          class="btn"
          aria-describedby="sign-out-hint"
          onClick={() => void options.signOut()}
        >
          {texts.signOut}
        </button>
        <span class="k3" id="sign-out-hint">
          {texts.signOutHint}
        </span>
      </div>
    </>
  );
}

export function Skeleton({ lines }: { lines: number }) {
  return (
    <div class="sks" aria-hidden="true">
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} class="sk" />
      ))}
    </div>
  );
}
