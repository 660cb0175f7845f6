/** The Worker's entry: wires requests, ticks and messages to what handles them, and catches what nothing expected. */
import { rootSecrets } from './access/secrets.ts';
import type { Env } from './env.ts';
import { finish } from './http/headers.ts';
import { problem } from './http/problem.ts';
import { route } from './http/router.ts';
import { handleWakes } from './follow.ts';
import { report } from './report.ts';
import { openStore } from './store/meter.ts';
import { tick } from './tick.ts';
import { wakeFollowers, type Wake } from './wake.ts';

export default {
  async fetch(request, env, ctx) {
    const store = openStore(env.DB);
    const { method } = request;
    const root = rootSecrets(env);
    if (!root.ok) return finish(problem({ kind: 'not-configured', detail: `${root.problem}.` }), method);
    const now = Date.now();
    const arrived = (): void => ctx.waitUntil(wakeFollowers(env, now));
    try {
      const asked = method === 'HEAD' ? new Request(request, { method: 'GET' }) : request;
      const response = await route(asked, { env, store, secrets: root.secrets, now, arrived });
      return finish(response, method);
    } catch (error) {
      const id = report(error);
      const detail = `It was logged as ${id}. Trying again is safe.`;
      return finish(problem({ kind: 'internal', detail, more: { id } }), method);
    }
  },

  async scheduled(controller, env) {
    await tick(env, clockFrom(env, controller.scheduledTime));
  },

  async queue(batch, env) {
    const at = Math.max(...batch.messages.map(({ body }) => body.at));
    await handleWakes(
      env,
      batch.messages.map(({ body }) => body.kind),
      clockFrom(env, at),
    );
  },
} satisfies ExportedHandler<Env, Wake>;

/** The time; locally it goes on from the tick's or the message's own, so that tests run days in minutes. */
function clockFrom({ SIDETRAIL_LOCAL }: Env, start: number): () => number {
  if (SIDETRAIL_LOCAL !== '1') return Date.now;
  const begun = Date.now();
  return () => start + (Date.now() - begun);
}
