/** The few pages there are: plain, without any data. */
import type { IRequest } from 'itty-router';
import { home, icon, link, style } from './page-text.ts';

export const HTML = 'text/html; charset=utf-8';

export function getHealth(): Response {
  return Response.json({ ok: true, name: 'sidetrail' });
}

export function getHome(): Response {
  return fileOf(home, HTML);
}

/** /e/{event id} and /r/{resource id}: the same page for every id, so it tells nobody what exists. */
export function getLink(_request: IRequest): Response {
  return fileOf(link, HTML);
}

export function getStyle(): Response {
  return fileOf(style, 'text/css; charset=utf-8');
}

export function getIcon(): Response {
  return fileOf(icon, 'image/svg+xml');
}

/** A text that is the same for everybody. */
export function fileOf(text: string, type: string): Response {
  return new Response(text, { headers: { 'content-type': type, 'cache-control': 'public, max-age=300' } });
}
