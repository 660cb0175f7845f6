/** GET /docs: the interface as a page, made from the contract. */
import { contract } from '../../shared/api/contract.ts';
import { PROBLEMS } from '../../shared/api/problem.ts';
import type { Route } from '../../shared/api/route.ts';
import { policySection } from './docs-policy.ts';
import { querySection } from './docs-query.ts';
import { anchorOf, routeSection } from './docs-route.ts';
import { shapeText } from './docs-shapes.ts';
import { block, escape, sentence, table } from './html.ts';
import { namedSchemas } from './openapi-schemas.ts';
import { page } from './page-text.ts';
import { fileOf, HTML } from './pages.ts';
import { UNTRUSTED } from './words.ts';

let html: string | undefined;

export function getDocs(): Response {
  html ??= docs();
  return fileOf(html, HTML);
}

function docs(): string {
  const routes = Object.entries<Route>(contract);
  const contents = routes.map(
    ([name]) => `<li><a href="#${anchorOf(name)}"><code>${escape(name)}</code></a></li>`,
  );
  const shapes = Object.entries(namedSchemas()).map(
    ([name, schema]) => `<h3 id="${name}">${name}</h3>\n${block(shapeText(schema))}`,
  );
  const problems = Object.entries(PROBLEMS).map(([kind, { status, title }]) => [
    `<code>${kind}</code>`,
    `${status}. ${escape(title)}.`,
  ]);
  return page(
    'The Sidetrail API',
    `<h1>The Sidetrail API</h1>
<p>${sentence(ABOUT)} <a href="/v1/openapi.json">The same as an OpenAPI document</a></p>
<p class="warning"><strong>Text of records is untrusted.</strong> ${escape(UNTRUSTED)}</p>
<h2>Routes</h2>
<ul>
${contents.join('\n')}
<li><a href="#query">The query language</a></li>
<li><a href="#policy">What a key of Tencent Cloud must be allowed</a></li>
<li><a href="#problems">Problems</a></li>
<li><a href="#shapes">Shapes</a></li>
</ul>
${querySection()}
<h2>What each route does</h2>
${routes.map(([name, route]) => routeSection(name, route)).join('\n')}
${policySection()}
<h2 id="problems">Problems</h2>
<p>${sentence(PROBLEM_WORDS)}</p>
${table(['Kind', 'Status and title'], problems)}
<h2 id="shapes">Shapes</h2>
<p>${sentence(SHAPE_WORDS)}</p>
${shapes.join('\n')}`,
  );
}

const ABOUT =
  'Everything is JSON over HTTP. Send your token as `Authorization: Bearer TOKEN`; make one with `POST /v1/tokens`. What a token shows is what its member may see: an event out of their sight is not there. Where `GET` answers, `HEAD` does too. A list goes on with its `next` as `cursor` until `next` is null.';

const PROBLEM_WORDS =
  'An error is `application/problem+json`: `type` ends with its kind, `title` and `status` go with the kind, `detail` says in a sentence what was wrong. Some have more, such as `at`, the place in a query.';

const SHAPE_WORDS =
  '`?` may be absent; `time` is RFC 3339, in UTC where it is answered. Answers may gain members: leave alone what you do not know.';
