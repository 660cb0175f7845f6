/** Fires on Ctrl-C, on a polite kill, and when the process that started this one is gone. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => controller.abort());
  process.on('disconnect', () => controller.abort());
  // Listening for that alone is no reason to live on.
  process.channel?.unref();
  return controller.signal;
}
