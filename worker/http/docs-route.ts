/** One route, as the page of the interface shows it. */
import { PROBLEMS } from '../../shared/api/problem.ts';
import { addressOf } from '../../shared/api/route-name.ts';
import { isRequired, problemsOf, type Route } from '../../shared/api/route.ts';
import { short } from './docs-shapes.ts';
import { block, escape, sentence, table } from './html.ts';
import { examples } from './openapi-examples.ts';
import { nameOf, schemaOf } from './openapi-schemas.ts';
import { CALLERS } from './words.ts';

/** Where a route stands on the page. */
export function anchorOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '');
}

/** The section of a route; HTML. */
export function routeSection(name: string, route: Route): string {
  return `<section id="${anchorOf(name)}">
<h3><code>${escape(name)}</code></h3>
<p>${sentence(`${route.summary} ${CALLERS[route.caller]}`)}</p>
${parametersTable(route)}
<ul>
${bodyItem(route)}<li>Answers ${answerText(route)}</li>
<li>Problems: ${problemsText(name, route)}</li>
</ul>
${block(curl(name, route))}
</section>`;
}

function parametersTable({ query }: Route): string {
  if (query === undefined) return '';
  const rows = Object.entries(query.entries).map(([name, entry]) => {
    const { description = '', ...schema } = schemaOf(entry);
    const needed = isRequired(entry) ? 'Needed. ' : '';
    return [
      `<code>${name}</code>`,
      `<code>${escape(short(schema))}</code><br>${sentence(needed + description)}`,
    ];
  });
  return table(['Parameter', 'What it says'], rows);
}

function bodyItem({ body }: Route): string {
  if (body === undefined) return '';
  if (body.kind === 'json') return `<li>Takes ${shapeLink(body.schema)}</li>\n`;
  return `<li>Takes records as ${body.mediaTypes.map((type) => `<code>${type}</code>`).join(', ')}</li>\n`;
}

function answerText({ answer, conditional }: Route): string {
  const status = `<code>${answer.status}</code>`;
  if (answer.kind === 'nothing') return status;
  const what =
    answer.kind === 'json'
      ? shapeLink(answer.schema)
      : answer.mediaTypes.map((type) => `<code>${type}</code>`).join(' or ');
  const unchanged = conditional
    ? ', or <code>304</code> to an <code>If-None-Match</code> that still holds'
    : '';
  return `${status} ${what}${unchanged}`;
}

/** A shape by its name, which leads to it; one without a name in short. */
function shapeLink(schema: Parameters<typeof nameOf>[0]): string {
  const name = nameOf(schema);
  return name === undefined
    ? `<code>${escape(short(schemaOf(schema)))}</code>`
    : `<a href="#${name}">${name}</a>`;
}

function problemsText(name: string, route: Route): string {
  return problemsOf(name, route)
    .map((kind) => `<code>${PROBLEMS[kind].status} ${kind}</code>`)
    .join(', ');
}

function curl(name: string, route: Route): string {
  const { method, path } = addressOf(name);
  const { caller, query, body } = route;
  const asked = Object.entries(query?.entries ?? {}).flatMap(([parameter, entry]) =>
    (schemaOf(entry).examples ?? [])
      .filter((value) => typeof value === 'string')
      .map((value) => `${parameter}=${value}`),
  );
  const parts = [
    ['curl', ...(asked.length > 0 ? ['-G'] : []), ...(method === 'GET' ? [] : [`-X ${method}`])].join(' '),
    ...(caller === 'anyone' ? [] : ['-H "Authorization: Bearer $SIDETRAIL_TOKEN"']),
    ...(body === undefined ? [] : bodyOptions(body)),
    `"$SIDETRAIL_URL${path.replace('{id}', 'ID')}"`,
    ...asked.map((each) => `--data-urlencode "${each}"`),
  ];
  return parts.join(parts.length > 2 ? ' \\\n  ' : ' ');
}

function bodyOptions(body: NonNullable<Route['body']>): string[] {
  if (body.kind === 'records') {
    return [`-H "Content-Type: ${body.mediaTypes[0]}"`, '--data-binary @records.ndjson'];
  }
  const name = nameOf(body.schema);
  const example = Object.entries(examples).find(([each]) => each === name)?.[1];
  return ['-H "Content-Type: application/json"', `-d '${JSON.stringify(example)}'`];
}
