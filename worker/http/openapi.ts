/** GET /v1/openapi.json: the contract as an OpenAPI 3.1 document. */
import { contract } from '../../shared/api/contract.ts';
import { PROBLEMS, type ProblemKind } from '../../shared/api/problem.ts';
import { addressOf } from '../../shared/api/route-name.ts';
import { isRequired, problemsOf, type Route } from '../../shared/api/route.ts';
import { API } from '../../shared/api/status.ts';
import { capital, namedSchemas, problemName, problemSchemas, refTo, schemaOf } from './openapi-schemas.ts';
import { CALLERS, UNTRUSTED } from './words.ts';

let text: string | undefined;

export function getOpenApi(): Response {
  text ??= JSON.stringify(openApi());
  return new Response(text, {
    headers: { 'content-type': 'application/json', 'cache-control': 'public, max-age=300' },
  });
}

function openApi(): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [name, route] of Object.entries<Route>(contract)) {
    const { method, path } = addressOf(name);
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation(name, route) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Sidetrail',
      version: `1.${API}`,
      summary: 'Who did what in Tencent Cloud.',
      description: UNTRUSTED,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    paths,
    components: {
      schemas: { ...namedSchemas(), ...problemSchemas() },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    },
  };
}

function operation(name: string, route: Route): object {
  const { summary, caller, body } = route;
  const { path } = addressOf(name);
  return {
    operationId: operationId(name),
    tags: [path.split('/')[2]],
    summary,
    description: CALLERS[caller],
    ...(caller === 'anyone' ? { security: [] } : {}),
    parameters: parametersOf(name, route),
    ...(body === undefined ? {} : { requestBody: { required: true, content: contentOf(body) } }),
    responses: responsesOf(name, route),
  };
}

/** `getEventsById`. */
function operationId(name: string): string {
  const { method, path } = addressOf(name);
  const words = path.replace('/{id}', '/by/id').replace('/v1/', '').split(/[/.-]/);
  return method.toLowerCase() + words.map(capital).join('');
}

function parametersOf(name: string, { query, conditional }: Route): object[] {
  const inPath = name.includes('{id}')
    ? [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }]
    : [];
  const inQuery = Object.entries(query?.entries ?? {}).map(([parameter, entry]) => {
    const { description, ...schema } = schemaOf(entry);
    return { name: parameter, in: 'query', required: isRequired(entry), description, schema };
  });
  const inHeader = conditional
    ? [{ name: 'If-None-Match', in: 'header', required: false, schema: { type: 'string' } }]
    : [];
  return [...inPath, ...inQuery, ...inHeader];
}

function responsesOf(name: string, route: Route): Record<string, object> {
  const { answer, conditional } = route;
  const etag = conditional ? { headers: { ETag: { schema: { type: 'string' } } } } : {};
  const content = answer.kind === 'nothing' ? {} : { content: contentOf(answer) };
  return {
    [answer.status]: { description: WORDS[answer.status], ...etag, ...content },
    ...(conditional ? { 304: { description: 'The ETag still holds: nothing is new.' } } : {}),
    ...problemResponses(problemsOf(name, route)),
  };
}

const WORDS = { 200: 'Done.', 201: 'Made.', 204: 'Done; there is nothing to say.' } as const;

function contentOf(
  body: NonNullable<Route['body']> | Exclude<Route['answer'], { kind: 'nothing' }>,
): Record<string, object> {
  if (body.kind === 'json') return { 'application/json': { schema: schemaOf(body.schema) } };
  return Object.fromEntries(body.mediaTypes.map((type) => [type, {}]));
}

function problemResponses(kinds: readonly ProblemKind[]): Record<string, object> {
  const byStatus = Map.groupBy(kinds, (kind) => PROBLEMS[kind].status);
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => {
      const refs = same.map((kind) => ({ $ref: refTo(problemName(kind)) }));
      const description = `${same.map((kind) => PROBLEMS[kind].title).join('. ')}.`;
      const schema = refs.length === 1 ? refs[0] : { oneOf: refs };
      return [status, { description, content: { 'application/problem+json': { schema } } }];
    }),
  );
}
