import * as v from 'valibot';
import { expect, test } from 'vitest';
import { contract } from '../../../shared/api/contract.ts';
import { models } from '../../../shared/api/models.ts';
import { addressOf } from '../../../shared/api/route-name.ts';
import { isRequired, problemsOf, type Route } from '../../../shared/api/route.ts';

const routes = Object.entries<Route>(contract);

test.each(routes)('%s is named by a method and a path of /v1, and said in one sentence', (name, route) => {
  expect(name).toMatch(/^(GET|POST|PATCH|DELETE) \/v1(\/[a-z.-]+|\/\{id\})+$/);
  expect(addressOf(name)).toEqual({ method: name.split(' ')[0], path: name.split(' ')[1] });
  expect(route.summary).toMatch(/^[A-Z][^.]+\.$/);
});

test('every shape that is taken or given has a name, but for the document of the interface', () => {
  const named = new Set<v.GenericSchema>(Object.values(models));
  const nameless = routes.filter(([, { body, answer }]) =>
    [body, answer].some((part) => part?.kind === 'json' && !named.has(part.schema)),
  );
  expect(nameless.map(([name]) => name)).toEqual(['GET /v1/openapi.json']);
});

test('what can go wrong follows from what a route takes', () => {
  expect(problemsOf('GET /v1/openapi.json', contract['GET /v1/openapi.json'])).toEqual([
    'internal',
    'not-configured',
  ]);
  expect(problemsOf('PATCH /v1/teams/{id}', contract['PATCH /v1/teams/{id}'])).toEqual([
    'body',
    'token',
    'role',
    'not-found',
    'too-large',
    'media-type',
    'schema',
    'internal',
    'not-configured',
  ]);
  expect(problemsOf('GET /v1/events', contract['GET /v1/events'])).toEqual(
    expect.arrayContaining(['parameter', 'query', 'cursor']),
  );
});

test('a list has defaults; following needs its cursor', () => {
  expect(v.parse(contract['GET /v1/events'].query, {})).toEqual({ q: '', limit: 50 });
  expect(isRequired(contract['GET /v1/changes'].query.entries.after)).toBe(true);
  expect(isRequired(contract['GET /v1/changes'].query.entries.since)).toBe(false);
});

test.each([
  ['2026-11-22T00:00:00Z', true],
  ['2026-11-22T08:00:00.123+08:00', true],
  ['2026-11-22', false],
  ['yesterday', false],
  ['2026-13-22T00:00:00Z', false],
])('since %s is a time: %s', (since, ok) => {
  expect(v.is(contract['GET /v1/changes'].query, { after: 'c', since })).toBe(ok);
});
