import { DEMO_ACCOUNT } from '../../../shared/event/demo.ts';
import { alertsEn } from '../../../shared/i18n/alerts-en.ts';
import { alertsZhCN } from '../../../shared/i18n/alerts-zh-CN.ts';
import { languageOf } from '../../protocol/preferences.ts';
import { localeOf } from '../locale.ts';
import { Mark } from '../parts/icon.tsx';
import { LocaleContext } from '../parts/locale-context.ts';
import { Note } from '../parts/note.tsx';
import { Connection, Skeleton } from './connection.tsx';
import { Access, Freshness } from './facts.tsx';
import type { Options } from './model.ts';
import type { Notices } from './notices-model.ts';
import { NoticesCard } from './notices.tsx';
import { Reading } from './reading.tsx';

interface PageProps {
  options: Options;
  notices: Notices;
  /** The browser's own, such as `en-GB`. */
  browserLanguage: string;
}

/** The options page. */
export function OptionsPage({ options, notices, browserLanguage }: PageProps) {
  const { language } = options.preferences.value;
  const locale = localeOf(language, browserLanguage);
  const { texts } = locale;
  const alertsTexts = languageOf(language, browserLanguage) === 'en' ? alertsEn : alertsZhCN;
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
          {standing.kind !== 'signed-out' && <NoticesCard notices={notices} texts={alertsTexts} />}
          <Reading options={options} />
        </main>
      </div>
    </LocaleContext.Provider>
  );
}
