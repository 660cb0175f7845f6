import { unreadBefore } from '../model/reading-back.ts';
import { remedyOf } from '../model/trouble.ts';
import { usePanel } from '../parts/context.ts';
import { useLocale } from '../parts/locale-context.ts';
import { failedText } from '../text/failed.ts';

/** Where the list ends, and why there. */
export function Foot() {
  const { panel, texts, clock } = usePanel();
  const { texts: all } = useLocale();
  const { message, further } = panel.list;
  const list = message.value;
  const standing = panel.standing.value;
  if (!list || list.count === 0 || standing.kind !== 'connected') return null;
  const near = (time: number): string => clock.near(time, panel.now.value);
  const { server } = list;
  switch (server.kind) {
    case 'asking':
      return <p class="foot">{texts.asking}</p>;
    case 'failed': {
      const isAgain = remedyOf(server.problem) === 'again';
      return (
        <div class="foot">
          <span class="grow">
            {texts.olderFailed}
            {all.betweenSentences}
            {failedText(all, server.problem, 'older')}
          </span>
          <button type="button" class="btn" onClick={isAgain ? further : panel.openOptions}>
            {isAgain ? texts.tryAgain : texts.openOptions}
          </button>
        </div>
      );
    }
    case 'partial':
      return (
        <div class="foot">
          <span class="grow">{texts.searchedTo(near(server.through * 1000))}</span>
          <button type="button" class="btn" onClick={further}>
            {texts.searchOn}
          </button>
        </div>
      );
    case 'idle': {
      if (!list.complete) return null;
      const from = panel.range.value.from;
      const unread = unreadBefore(standing, from);
      if (unread !== undefined) {
        return (
          <p class="foot">
            {texts.allSeenSoFar}
            {all.betweenSentences}
            {texts.readingBack.untold(near(unread))}
          </p>
        );
      }
      return <p class="foot">{from === undefined ? texts.allSeenEver : texts.allSeen(near(from * 1000))}</p>;
    }
  }
}
