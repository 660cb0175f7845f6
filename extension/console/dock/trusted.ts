/** The only way in which the dock listens. */

/** What a group of listeners has in common. */
export interface Listening {
  /** Ends them. */
  signal: AbortSignal;
  /** Told what a handler threw, which must not reach the page. */
  failed: () => void;
}

/** An element or a document. */
interface Target {
  addEventListener<E extends keyof DocumentEventMap>(
    type: E,
    listener: (event: DocumentEventMap[E]) => void,
    options: { signal: AbortSignal },
  ): void;
}

/** Handles what a person or the browser did; events that a script made up are ignored. */
export function listenTo<E extends keyof DocumentEventMap>(
  target: Target,
  type: E,
  handle: (event: DocumentEventMap[E]) => void,
  { signal, failed }: Listening,
): void {
  const listener = (event: DocumentEventMap[E]): void => {
    if (!event.isTrusted) return;
    try {
      handle(event);
    } catch {
      failed();
    }
  };
  target.addEventListener(type, listener, { signal });
}
