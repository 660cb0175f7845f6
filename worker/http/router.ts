/** Every route, on one page. */
import { Router, type IRequest } from 'itty-router';
import { changeAccountById, getAccounts, removeDemoAccount } from './accounts.ts';
import { getChanges } from './changes.ts';
import type { Context } from './context.ts';
import { getDeadLetters } from './dead-letters.ts';
import { getEvent, getEvents } from './events.ts';
import { byAdmin, byMember, bySender } from './guard.ts';
import { getMe } from './me.ts';
import { changeMember, createMember, deleteMember, getMember, getMembers } from './members.ts';
import { getHealth, getHome, getIcon, getLink, getStyle } from './pages.ts';
import { notFound, problem } from './problem.ts';
import { postEvents } from './push.ts';
import { getStatus } from './status.ts';
import { changeTeam, createTeam, deleteTeam, getTeam, getTeams } from './teams.ts';
import { createToken, deleteToken, getTokens } from './tokens.ts';

const router = Router<IRequest, [Context], Response>();

router
  .get('/', getHome)
  .get('/health', getHealth)
  .get('/style.css', getStyle)
  .get('/icon.svg', getIcon)
  .get('/e/:id', getLink)
  .get('/r/:id', getLink)

  .get('/v1/me', byMember(getMe))
  .get('/v1/status', byMember(getStatus))
  .get('/v1/dead-letters', byAdmin(getDeadLetters))

  .get('/v1/events', byMember(getEvents))
  .post('/v1/events', bySender(postEvents))
  .get('/v1/events/:id', byMember(getEvent))
  .get('/v1/changes', byMember(getChanges))

  .get('/v1/accounts', byMember(getAccounts))
  .patch('/v1/accounts/:id', byAdmin(changeAccountById))
  .delete('/v1/accounts/:id', byAdmin(removeDemoAccount))

  .get('/v1/members', byAdmin(getMembers))
  .post('/v1/members', byAdmin(createMember))
  .get('/v1/members/:id', byAdmin(getMember))
  .patch('/v1/members/:id', byAdmin(changeMember))
  .delete('/v1/members/:id', byAdmin(deleteMember))

  .get('/v1/teams', byAdmin(getTeams))
  .post('/v1/teams', byAdmin(createTeam))
  .get('/v1/teams/:id', byAdmin(getTeam))
  .patch('/v1/teams/:id', byAdmin(changeTeam))
  .delete('/v1/teams/:id', byAdmin(deleteTeam))

  .get('/v1/tokens', byMember(getTokens))
  .post('/v1/tokens', byMember(createToken))
  .delete('/v1/tokens/:id', byMember(deleteToken));

/** Answers a request: by its route, else 405 where the path has other methods, else 404. */
export async function route(request: Request, context: Context): Promise<Response> {
  return (await router.fetch(request, context)) ?? unrouted(request);
}

function unrouted(request: Request): Response {
  const { pathname } = new URL(request.url);
  const methods = router.routes.flatMap(([method, path]) => (path.test(pathname) ? [method] : []));
  if (methods.length === 0) return notFound('such address');
  const allow = [
    ...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))),
  ].join(', ');
  return problem({
    kind: 'method',
    detail: `${pathname} takes ${allow}.`,
    headers: { allow },
  });
}
