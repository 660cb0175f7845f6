/** The Worker's entry: wires requests, ticks and messages to what handles them, and catches what nothing expected. */
import { rootSecrets } from './access/secrets.ts';
import type { Env } from './env.ts';
import { finish } from './http/headers.ts';
import { problem } from './http/problem.ts';
import { route } from './http/router.ts';
import { handleWakes, noticeStandstill } from './follow.ts';
import { report } from './report.ts';
import { openStore } from './store/meter.ts';
import { tick } from './tick.ts';
import { wakeBackfill, wakeFollowers, type Wake } from './wake.ts';
import type { Invoked } from './work.ts';

export default {
  async fetch(request, env, ctx) {
    const store = openStore(env.DB, env.SIDETRAIL_MAX_DATABASE);
    const { method } = request;
    const root = rootSecrets(env);
    if (!root.ok) return finish(problem({ kind: 'not-configured', detail: `${root.problem}.` }), method);
    const now = Date.now();
    const arrived = (): void => ctx.waitUntil(wakeFollowers(env, now));
    const background = (going: Promise<unknown>): void => ctx.waitUntil(going);
    const asked = (): void => ctx.waitUntil(wakeBackfill(env, now));
    try {
      const read = method === 'HEAD' ? new Request(request, { method: 'GET' }) : request;
      const context = { env, store, secrets: root.secrets, now, arrived, asked };
      const response = await route(read, context);
      ctx.waitUntil(noticeStandstill({ env, clock: () => now, background }));
      return finish(response, method);
    } catch (error) {
      const id = report(error);
      const detail = `It was logged as ${id}. Trying again is safe.`;
      return finish(problem({ kind: 'internal', detail, more: { id } }), method);
    }
  },

  async scheduled({ scheduledTime }, env, ctx) {
    await tick(invokedAt(scheduledTime, env, ctx));
  },

  async queue({ messages }, env, ctx) {
    const at = Math.max(...messages.map(({ body }) => body.at));
    await handleWakes(
      invokedAt(at, env, ctx),
      messages.map(({ body }) => body.kind),
    );
  },
} satisfies ExportedHandler<Env, Wake>;

/** The clock goes on locally from unix ms `start`, the tick's or the message's own, so that tests run days in minutes. */
function invokedAt(start: number, env: Env, ctx: ExecutionContext): Invoked {
  const ahead = env.SIDETRAIL_LOCAL === '1' ? start - Date.now() : 0;
  return { env, clock: () => Date.now() + ahead, background: (going) => ctx.waitUntil(going) };
}
