/** The Worker's entry: wires requests and ticks to what handles them, and catches what nothing expected. */
import { rootSecrets } from './access/secrets.ts';
import type { Env } from './env.ts';
import { finish } from './http/headers.ts';
import { problem } from './http/problem.ts';
import { route } from './http/router.ts';
import { fold } from './ingest/fold.ts';
import { reclassify } from './ingest/reclassify.ts';
import { retain } from './ingest/retain.ts';
import { report } from './report.ts';
import { openStore } from './store/meter.ts';

export default {
  async fetch(request, env) {
    const store = openStore(env.DB);
    const { method } = request;
    const root = rootSecrets(env);
    if (!root.ok) return finish(problem({ kind: 'not-configured', detail: `${root.problem}.` }), method);
    try {
      const asked = method === 'HEAD' ? new Request(request, { method: 'GET' }) : request;
      const response = await route(asked, { env, store, secrets: root.secrets, now: Date.now() });
      return finish(response, method);
    } catch (error) {
      const id = report(error);
      const detail = `It was logged as ${id}. Trying again is safe.`;
      return finish(problem({ kind: 'internal', detail, more: { id } }), method);
    }
  },

  async scheduled(controller, env) {
    try {
      await retain(openStore(env.DB), env.RECORDS, controller.scheduledTime);
      // Before folding, so that what events are now is in the days by the end of the tick.
      await reclassify(openStore(env.DB), env.RECORDS, controller.scheduledTime);
      await fold(openStore(env.DB));
    } catch (error) {
      report(error);
      throw error;
    }
  },
} satisfies ExportedHandler<Env>;
