import type { ComponentChildren } from 'preact';
import { problemText } from '../../panel/options/problem-text.ts';
import { Message } from '../../panel/parts/message.tsx';
import { Remedies } from '../../panel/parts/remedies.tsx';
import { SkeletonRows } from '../../panel/parts/skeleton.tsx';
import type { Problem } from '../../protocol/connection.ts';
import type { Standing } from '../model/page.ts';
import { useAlerts } from '../scope.ts';

/** What stands in the place of the alerts while there are none that may be shown. */
export function Gate({ standing }: { standing: Exclude<Standing, { kind: 'known' }> }) {
  const { model, texts } = useAlerts();
  switch (standing.kind) {
    case 'asking':
      return (
        <main class="column" aria-busy="true">
          <p class="sr" role="status">
            {texts.loading}
          </p>
          <SkeletonRows rows={4} />
        </main>
      );
    case 'signed-out':
      return (
        <Wall>
          <Message
            icon="log-in"
            title={texts.notConnected}
            actions={
              <button type="button" class="btn go big" onClick={model.openOptions}>
                {texts.setUp}
              </button>
            }
          >
            <p>{texts.notConnectedHint}</p>
          </Message>
        </Wall>
      );
    case 'failing':
      return <Failing problem={standing.problem} />;
    case 'refused':
      return (
        <Wall>
          <Message icon="lock" title={texts.refused}>
            <p>{texts.refusedHint}</p>
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

function Failing({ problem }: { problem: Problem }) {
  const { model, locale, texts } = useAlerts();
  const isOffline = problem.kind === 'unreachable';
  const isRefused = problem.kind === 'ingest-token';
  return (
    <Wall>
      <Message
        icon={isOffline ? 'cloud-off' : isRefused ? 'lock' : 'unplug'}
        title={isOffline ? texts.offlineTitle : isRefused ? texts.notPermitted : texts.failed}
        actions={<Remedies problem={problem} again={model.look} openOptions={model.openOptions} />}
      >
        <p>{isOffline ? texts.offlineHint : problemText(locale.texts, problem)}</p>
      </Message>
    </Wall>
  );
}

function Wall({ children }: { children: ComponentChildren }) {
  return (
    <main class="column">
      <section class="sheet" role="status">
        {children}
      </section>
    </main>
  );
}
