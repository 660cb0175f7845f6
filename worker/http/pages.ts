/** The few pages there are: plain, without any data. */
import type { IRequest } from 'itty-router';
import { home, link, style } from './page-text.ts';

const HTML = {
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'public, max-age=300' },
};

export function getHealth(): Response {
  return Response.json({ ok: true, name: 'sidetrail' });
}

export function getHome(): Response {
  return new Response(home, HTML);
}

/** /e/{event id} and /r/{resource id}: the same page for every id, so it tells nobody what exists. */
export function getLink(_request: IRequest): Response {
  return new Response(link, HTML);
}

export function getStyle(): Response {
  return new Response(style, { headers: { ...HTML.headers, 'content-type': 'text/css; charset=utf-8' } });
}
