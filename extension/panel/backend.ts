/** What the panel needs of the world around it. The panel itself knows no browser API. */
import type { FromBackground, FromPanel } from '../protocol/panel.ts';

export interface Backend {
  /** Hands what is said from now on to one listener. */
  listen(listener: Listener): void;
  /** Says something to who is at the other end; lost where nobody is, who then `begins` anew. */
  send(message: FromPanel): void;
  /** Puts a text on the clipboard; to be called in a click or a key press. False where the browser refuses. */
  copy(text: string): Promise<boolean>;
  /** ms since 1970. */
  now(): number;
  /** The browser's IANA zone. */
  zone: string;
  /** Whether the panel stands beside a page, rather than in a tab of its own. */
  isDocked: boolean;
}

export interface Listener {
  /** There is somebody at the other end who knows nothing yet: at first, and after each break. */
  begin(): void;
  hear(message: FromBackground): void;
  /** Nobody will be there again: the extension itself was replaced or removed. */
  lost(): void;
}
