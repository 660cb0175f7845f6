import { useEffect } from 'preact/hooks';
import { sayFault } from '../../../shared/query/fault.ts';
import type { Connected } from '../../protocol/panel.ts';
import { freshnessOf } from '../model/freshness.ts';
import { unreadBefore } from '../model/reading-back.ts';
import { isWritesOnlyUsed } from '../model/question.ts';
import type { WiderKind } from '../model/wider.ts';
import { type PanelScope, usePanel } from '../parts/context.ts';
import { useLocale } from '../parts/locale-context.ts';
import { Message } from '../parts/message.tsx';
import { Remedies } from '../parts/remedies.tsx';
import { failedText } from '../text/failed.ts';
import { subjectName } from './subject.tsx';

/** What is said where the list has no rows, and will not get any by itself. */
export function Nothing() {
  const scope = usePanel();
  const { panel, texts } = scope;
  const { texts: all } = useLocale();
  const { message, problem, further } = panel.list;
  const standing = panel.standing.value;
  if (standing.kind !== 'connected') return null;
  if (problem.value) {
    return (
      <Message icon="list-filter" title={texts.badQuery}>
        <p>{texts.wrong(sayFault(problem.value.fault, texts.faults))}</p>
      </Message>
    );
  }
  const list = message.value;
  if (!list || list.count > 0) return null;
  switch (list.server.kind) {
    case 'asking':
      return null;
    case 'failed':
      // Where nothing is answered, that is said above, with what to do about it.
      if (standing.problem) return <Empty standing={standing} />;
      return (
        <Message
          icon="unplug"
          title={texts.failed}
          actions={<Remedies problem={list.server.problem} again={further} openOptions={panel.openOptions} />}
        >
          <p>
            {failedText(all, list.server.problem, 'news')}
            {all.betweenSentences}
            {texts.nothingKept}
            {texts.stop}
          </p>
          <p class="k3">{searchedText(scope, standing)}</p>
        </Message>
      );
    case 'partial':
      return (
        <Message
          icon="search"
          title={texts.nothing}
          actions={
            <button type="button" class="btn go" onClick={further}>
              {texts.searchOn}
            </button>
          }
        >
          <p>{texts.searchedTo(scope.clock.near(list.server.through * 1000, panel.now.value))}</p>
        </Message>
      );
    case 'idle':
      return list.complete ? <Empty standing={standing} /> : null;
  }
}

function Empty({ standing }: { standing: Connected }) {
  const scope = usePanel();
  const { panel, texts, clock } = scope;
  const { coverage, me, lastGood } = standing;
  if (coverage.every(({ newest }) => newest === null)) {
    return (
      <Message
        icon="inbox"
        title={texts.nothingYet}
        actions={
          <button type="button" class="btn" onClick={panel.sync}>
            {texts.askNow}
          </button>
        }
      >
        {coverage.length === 0 && (
          <p>{texts.nothingYetHint[me.member.role === 'admin' ? 'admin' : 'others']}</p>
        )}
        <p class="k3">{texts.lastAnswer(clock.near(lastGood, panel.now.value))}</p>
      </Message>
    );
  }
  // On a page of what others may have worked on, it is not nothing that was found: it is nothing of one's own.
  if (panel.view.value === 'page' && me.scope.operators !== '*') {
    const isLead = me.teams.length > 0;
    return (
      <Message icon="lock" title={isLead ? texts.ledOnly : texts.ownOnly} actions={<OwnActions />}>
        <p>{isLead ? texts.ledOnlyHint : texts.ownOnlyHint}</p>
        <p class="k3">{searchedText(scope, standing)}</p>
      </Message>
    );
  }
  return (
    <Message icon="inbox" title={standing.problem ? texts.nothingKept : texts.nothing} actions={<Wider />}>
      <p>{searchedText(scope, standing)}</p>
    </Message>
  );
}

/** What is said to whom no operator is linked, so that there is nothing to ask for. */
export function Nobody() {
  const { panel, desk, texts } = usePanel();
  const hasPage = panel.views.value.includes('page');
  return (
    <Message
      icon="users"
      title={texts.noOperators}
      actions={
        hasPage && (
          <button type="button" class="btn" onClick={() => desk.show('page')}>
            {texts.goToPage}
          </button>
        )
      }
    >
      <p>{texts.noOperatorsHint}</p>
    </Message>
  );
}

function OwnActions() {
  const { desk, texts } = usePanel();
  return (
    <>
      <Wider isQuiet />
      <button type="button" class="btn" onClick={() => desk.show('me')}>
        {texts.goToMe}
      </button>
    </>
  );
}

/** Wider searches, each with what it would find. */
function Wider({ isQuiet = false }: { isQuiet?: boolean }) {
  const { panel, texts, number } = usePanel();
  const wider = panel.wider.value;
  const key = wider.map(({ question }) => question.q).join('\n');
  useEffect(() => {
    for (const { question } of panel.wider.peek()) panel.lookups.count(question);
  }, [panel, key]);
  const names: Record<WiderKind, string> = {
    reads: texts.widerReads,
    time: texts.widerTime,
    filter: texts.widerFilter,
  };
  const counts = panel.lookups.counts.value;
  const standing = panel.standing.value;
  const isAnswering = standing.kind === 'connected' && standing.problem === null;
  const isWorthIt = ({ question }: (typeof wider)[number]): boolean => {
    const count = counts.get(question.q);
    // What cannot be counted here, the Worker may find.
    return count == null ? isAnswering : count.events > 0 || !count.complete;
  };
  return (
    <>
      {wider.filter(isWorthIt).map(({ kind, question }, i) => {
        const count = counts.get(question.q);
        const shown = count && number(count.events);
        return (
          <button
            key={kind}
            type="button"
            class={i === 0 && !isQuiet ? 'btn go' : 'btn'}
            onClick={() => panel.widen(kind)}
          >
            {shown == null
              ? names[kind]
              : texts.aside(names[kind], count?.complete ? shown : texts.atLeast(shown))}
          </button>
        );
      })}
    </>
  );
}

/** What was searched, and how fresh that is. */
function searchedText(scope: PanelScope, standing: Connected): string {
  const { panel, texts, clock, locale } = scope;
  const now = panel.now.value;
  const near = (time: number): string => clock.near(time, now);
  // Between two times a day that is left out would be taken for that of the other.
  const withDay = (time: number): string =>
    clock.date(time) === clock.date(now) ? texts.todayAt(clock.minute(time)) : near(time);
  const { from, to } = panel.range.value;
  const choices = panel.asked.value.choices.value;
  const view = panel.view.value;
  const searched = [
    texts.searched[view](subjectName(scope)),
    from === undefined
      ? texts.searchedEver
      : texts.searchedRange(withDay(from * 1000), withDay(to === undefined ? now : to * 1000)),
    choices.writesOnly && isWritesOnlyUsed(choices) ? texts.searchedWrites : '',
    texts.stop,
  ].join('');
  const fresh = freshnessOf(standing.coverage, now);
  const unread = unreadBefore(standing, from);
  return [
    searched,
    // While the Worker does not answer, it is said above how old all of this is.
    ...(fresh.kind === 'marks' && !standing.problem ? [texts.liveTo(near(fresh.seenTo)) + texts.stop] : []),
    ...(fresh.kind === 'newest' && !standing.problem ? [texts.newest(near(fresh.newest)) + texts.stop] : []),
    ...(unread === undefined ? [] : [texts.readingBack.untold(near(unread))]),
  ].join(locale.texts.betweenSentences);
}
