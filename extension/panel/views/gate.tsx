import { troubleOf } from '../model/trouble.ts';
import { usePanel } from '../parts/context.ts';
import { KeyCaps } from '../parts/key-caps.tsx';
import { useLocale } from '../parts/locale-context.ts';
import { Message } from '../parts/message.tsx';
import { Remedies } from '../parts/remedies.tsx';
import { SkeletonRows } from '../parts/skeleton.tsx';
import { troubleText } from '../text/failed.ts';

/** The keys that open and close the panel. */
const TOGGLE = [['Alt', 'Shift', 'A']];

/** What stands in the place of the views while there is no connection to show them with. */
export function Gate() {
  const { panel, texts } = usePanel();
  const { texts: all } = useLocale();
  const standing = panel.standing.value;
  switch (standing.kind) {
    case 'connected':
    case 'connecting':
      return null;
    case 'loading':
      return (
        <main class="scroll" aria-busy="true">
          <p class="sr" role="status">
            {texts.reading}
          </p>
          <section class="band flush">
            <SkeletonRows rows={6} />
          </section>
        </main>
      );
    case 'signed-out':
      return <Welcome />;
    case 'failing':
      return (
        <Wall>
          <Message
            icon="unplug"
            title={texts.cannotConnect[troubleOf(standing.problem)]}
            actions={
              <Remedies problem={standing.problem} again={panel.sync} openOptions={panel.openOptions} />
            }
          >
            <p>{troubleText(all, standing.problem)}</p>
          </Message>
        </Wall>
      );
    case 'refused':
      return (
        <Wall>
          <Message icon="lock" title={texts.refused}>
            <p>{texts.refusedHint}</p>
            <KeyCaps groups={TOGGLE} />
          </Message>
        </Wall>
      );
    case 'lost':
      return (
        <Wall>
          <Message icon="unplug" title={texts.lost}>
            <p>{texts.lostHint}</p>
          </Message>
        </Wall>
      );
  }
}

function Wall({ children }: { children: preact.ComponentChildren }) {
  return (
    <main class="scroll">
      <section class="band flush">{children}</section>
    </main>
  );
}

function Welcome() {
  const { panel, texts } = usePanel();
  return (
    <Wall>
      <h2 class="said">{texts.welcome}</h2>
      <ol class="steps">
        <li>
          <span class="no now" aria-hidden="true">
            1
          </span>
          <div class="grow">
            <h3>{texts.steps.connect}</h3>
            <p class="k2">{texts.steps.connectHint}</p>
            <div class="btns">
              <button type="button" class="btn go big" onClick={panel.openOptions}>
                {texts.setUp}
              </button>
            </div>
          </div>
        </li>
        <li>
          <span class="no" aria-hidden="true">
            2
          </span>
          <div class="grow">
            <h3>{texts.steps.open}</h3>
            <p class="k2">
              {texts.steps.openHint}
              <KeyCaps groups={TOGGLE} />
            </p>
          </div>
        </li>
      </ol>
    </Wall>
  );
}
