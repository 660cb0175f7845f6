import { type FromBackground, type FromPanel, PANEL_PORT } from '../../protocol/panel.ts';
import type { Backend } from '../../panel/backend.ts';
import { copyText } from './copy-text.ts';
import { openLine } from './line.ts';

/** The background, which is told anew who this is whenever the line to it was opened anew. */
export function connectPanel(nonce: string | null, isDocked: boolean): Backend {
  const line = openLine<FromPanel, FromBackground>(
    PANEL_PORT,
    (message) => message.kind === 'standing' && message.standing.kind === 'refused',
  );
  return {
    listen(listener) {
      line.listen({
        ...listener,
        begin() {
          line.send({ kind: 'hello', nonce });
          listener.begin();
        },
      });
    },
    send: line.send,
    copy: copyText,
    now: Date.now,
    zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    isDocked,
  };
}
