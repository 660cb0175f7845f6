/** What the page of alerts needs of the world around it. The page itself knows no browser API. */
import type { FromAlertsPage, ToAlertsPage } from '../protocol/alerts.ts';

export interface Backend {
  /** Hands what is said from now on to one listener. */
  listen(listener: Listener): void;
  /** Says something to the background; lost where nobody is there, who then `begins` anew. */
  send(message: FromAlertsPage): void;
  /** ms since 1970. */
  now(): number;
  /** The browser's IANA zone. */
  zone: string;
}

export interface Listener {
  /** There is somebody at the other end who knows nothing yet: at first, and after each break. */
  begin(): void;
  hear(message: ToAlertsPage): void;
  /** Nobody will be there again: the extension itself was replaced or removed. */
  lost(): void;
}
