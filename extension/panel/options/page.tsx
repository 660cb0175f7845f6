import { DEMO_ACCOUNT } from '../../../shared/event/demo.ts';
import { localeOf } from '../locale.ts';
import { Mark } from '../parts/icon.tsx';
import { LocaleContext } from '../parts/locale-context.ts';
import { Note } from '../parts/note.tsx';
import { Connection, Skeleton } from './connection.tsx';
import { Access, Freshness } from './facts.tsx';
import type { Options } from './model.ts';
import { Reading } from './reading.tsx';

/** The options page. `browserLanguage` is the browser's own, such as `en-GB`. */
export function OptionsPage({ options, browserLanguage }: { options: Options; browserLanguage: string }) {
  const locale = localeOf(options.preferences.value.language, browserLanguage);
  const { texts } = locale;
  const standing = options.standing.value;
  const isReplacing = options.replacing.value;
  return (
    <LocaleContext.Provider value={locale}>
      <div class="page">
        <header class="head">
          <Mark />
          <h1>
            Sidetrail <span class="k3">{texts.options}</span>
          </h1>
        </header>
        <main>
          {standing.kind === 'connected' && standing.facts.me.demo && (
            <Note kind="info">{texts.demo(DEMO_ACCOUNT)}</Note>
          )}
          <Connection options={options} />
          {standing.kind === 'connected' && !isReplacing && (
            <>
              <Access me={standing.facts.me} />
              <Freshness facts={standing.facts} cache={options.cache.value} />
            </>
          )}
          {standing.kind === 'checking' && (
            <div class="card">
              <Skeleton lines={4} />
            </div>
          )}
          <Reading options={options} />
        </main>
      </div>
    </LocaleContext.Provider>
  );
}
