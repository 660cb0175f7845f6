/** The one door of the background: who may send, and which handler answers. */
import type { Message, MessageName, Messages, Reply } from '../protocol/messages.ts';

/** What answers each message. */
export type Handlers = {
  [M in MessageName]: (request: Messages[M]['request']) => Promise<Messages[M]['reply']>;
};

/** As far as the browser tells it; it fills this in itself, so a sender cannot lie about it. */
export interface Sender {
  id?: string;
  url?: string;
}

/**
 * The extension as it is installed: its id, and the addresses of those of its pages that may send. Content
 * scripts live in pages of others and may not.
 */
export interface Own {
  id: string;
  pages: readonly string[];
}

type Listener = (message: unknown, sender: Sender, reply: (reply: Reply) => void) => boolean;

/**
 * A listener for `runtime.onMessage`. What comes from elsewhere, or is no message of the table, gets no answer
 * at all. `report` is told what a handler threw.
 */
export function listen(handlers: Handlers, own: Own, report: (error: unknown) => void): Listener {
  const isMessage = (value: unknown): value is Message =>
    typeof value === 'object' &&
    value !== null &&
    'request' in value &&
    'name' in value &&
    typeof value.name === 'string' &&
    Object.hasOwn(handlers, value.name);

  return (message, sender, reply) => {
    if (!isOwnPage(sender, own) || !isMessage(message)) return false;
    answer(handlers, message).then(
      (value) => reply({ ok: true, value }),
      (error: unknown) => {
        report(error);
        reply({ ok: false });
      },
    );
    return true;
  };
}

function answer<M extends MessageName>(
  handlers: Handlers,
  { name, request }: Message<M>,
): Promise<Messages[M]['reply']> {
  return handlers[name](request);
}

function isOwnPage({ id, url = '' }: Sender, own: Own): boolean {
  return id === own.id && own.pages.includes(url.replace(/[?#].*$/s, ''));
}
