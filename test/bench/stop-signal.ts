import { Fault } from '../../worker/cli/lib/fault.ts';

/** Fires on Ctrl-C, on a polite kill, and when the process that started this one is gone. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => controller.abort(new Fault('Stopped.'));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  process.on('disconnect', stop);
  process.channel?.unref();
  return controller.signal;
}
