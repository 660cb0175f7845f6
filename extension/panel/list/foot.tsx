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
  if (!list || list.count === 0) return null;
  const { server } = list;
  switch (server.kind) {
    case 'asking':
      return <p class="foot">{texts.asking}</p>;
    case 'failed': {
      const isAgain = remedyOf(server.problem) === 'again';
      return (
        <div class="foot">
          <span class="grow">
            {texts.olderFailed} {failedText(all, server.problem, 'older')}
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
          <span class="grow">{texts.searchedTo(clock.near(server.through * 1000, panel.now.value))}</span>
          <button type="button" class="btn" onClick={further}>
            {texts.searchOn}
          </button>
        </div>
      );
    case 'idle': {
      if (!list.complete) return null;
      const from = panel.range.value.from;
      return (
        <p class="foot">
          {from === undefined ? texts.allSeenEver : texts.allSeen(clock.near(from * 1000, panel.now.value))}
        </p>
      );
    }
  }
}
