/** A time limit for a stream: on each wait rather than on the whole, which may be long. */

export interface Watched {
  /** Ends the request when a wait takes too long. */
  signal: AbortSignal;
  /** Stops watching: the request is over. */
  stop: () => void;
  /** Gives the stream with the limit on each wait for its next piece. */
  keep: (stream: ReadableStream<Uint8Array>) => ReadableStream<Uint8Array>;
}

/** Starts watching: the first wait, that for the answer, begins now. */
export function watched(waitMs: number): Watched {
  const controller = new AbortController();
  const giveUp = (): void => controller.abort(new Error(`nothing came for ${waitMs} ms`));
  let timer = setTimeout(giveUp, waitMs);
  const stop = (): void => clearTimeout(timer);

  const keep = (stream: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> => {
    const reader = stream.getReader();
    stop();
    return new ReadableStream<Uint8Array>(
      {
        async pull(out) {
          timer = setTimeout(giveUp, waitMs);
          try {
            const { done, value } = await reader.read();
            if (done) out.close();
            else out.enqueue(value);
          } finally {
            stop();
          }
        },
        async cancel(reason) {
          stop();
          await reader.cancel(reason);
        },
      },
      // The consumer's pace is the store's pace: nothing is read ahead.
      { highWaterMark: 0 },
    );
  };
  return { signal: controller.signal, stop, keep };
}
