/** Pages that look and behave like the console's, about resources of the demo company. */
import { regionOfNumber } from '../../shared/event/regions.ts';
import type { Site } from '../support/console.ts';

export interface Shown {
  id: string;
  name?: string;
  region: string;
}

/** One list of the site, and how its pages are called: as in the console. */
export interface Section {
  title: string;
  list: string;
  detail: string;
  resources: readonly Shown[];
}

/** Path and query of a resource's own page. */
export function pathOf({ detail }: Section, { id, region }: Shown): string {
  return `${detail}?rid=${numberOf(region)}&id=${id}`;
}

/** The number that the console's pages have for a region; its name where it has none, which they take as well. */
function numberOf(region: string): string {
  const numbers = Array.from({ length: 1000 }, (_, number) => `${number}`);
  return numbers.find((number) => regionOfNumber(number) === region) ?? region;
}

/** The site as it is served. `who` is who is signed in there, by name. */
export function siteOf(sections: readonly Section[], who: string): Site {
  const data = {
    who,
    sections: sections.map((section) => ({
      ...section,
      resources: section.resources.map((resource) => ({ ...resource, path: pathOf(section, resource) })),
    })),
  };
  return { page: PAGE, style: STYLE, script: `const data = ${JSON.stringify(data)};\n${SCRIPT}` };
}

const PAGE = `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8"><meta name="viewport" content="width=device-width">
  <title>A look-alike of the console</title><link rel="stylesheet" href="/app.css">
</head>
<body><script src="/app.js"></script></body>
</html>`;

const STYLE = `
body { margin: 0; font: 14px/22px system-ui, sans-serif; color: #16181d; background: #f2f4f8 }
header { display: flex; gap: 16px; padding: 12px 20px; background: #23262e; color: #fff }
header span { color: #aeb4c0 }
header span:last-child { margin-left: auto }
.side { display: flex; align-items: flex-start }
nav { flex: none; width: 180px; padding: 12px 0 }
nav a { display: block; padding: 6px 20px; color: inherit; text-decoration: none }
nav a[aria-current] { background: #fff; color: #0052d9; font-weight: 600 }
main { flex: 1; min-width: 0; min-height: calc(100vh - 46px); padding: 20px; background: #fff; box-sizing: border-box }
h1 { margin: 0 0 16px; font-size: 20px; overflow-wrap: anywhere }
table { width: 100%; border-collapse: collapse }
th, td { padding: 8px 12px 8px 0; border-bottom: 1px solid #e3e6eb; text-align: left; overflow-wrap: anywhere }
th { color: #5a606b; font-weight: 400; width: 30% }
a { color: #0052d9 }
p { color: #5a606b }
`;

/** One document whose address and content change. Names are what somebody typed, so they are text and nothing else. */
const SCRIPT = `
const make = (name, properties, ...children) => {
  const { current, ...rest } = properties;
  const made = Object.assign(document.createElement(name), rest);
  if (current) made.setAttribute('aria-current', 'page');
  made.append(...children);
  return made;
};
const row = (kind, ...cells) => make('tr', {}, ...cells.map((cell) => make(kind, {}, cell)));
const listOf = ({ title, resources }) => [
  make('h1', {}, title),
  make('table', {}, row('th', 'ID', 'Name', 'Region'), ...resources.map(({ id, name, region, path }) =>
    row('td', make('a', { href: path }, id), name ?? '-', region))),
];
const detailOf = ({ title, list }, { id, name, region }) => [
  make('p', {}, make('a', { href: list }, title)),
  make('h1', {}, name ?? id),
  make('table', {}, ...[['ID', id], ['Name', name ?? '-'], ['Region', region]].map(([label, value]) =>
    make('tr', {}, make('th', {}, label), make('td', {}, value)))),
];
const draw = () => {
  const { pathname, search } = location;
  const section = data.sections.find(({ list, detail }) => [list, detail].includes(pathname)) ?? data.sections[0];
  const resource = section.resources.find(({ path }) => path === pathname + search);
  document.body.replaceChildren(
    make('header', {}, make('b', {}, 'Console'),
      make('span', {}, 'a look-alike, for the demo of Sidetrail'), make('span', {}, data.who)),
    make('div', { className: 'side' },
      make('nav', {}, ...data.sections.map((one) =>
        make('a', { href: one.list, current: one === section }, one.title))),
      make('main', {}, ...(resource ? detailOf(section, resource) : listOf(section)))),
  );
};
addEventListener('click', (event) => {
  const link = event.target.closest('a');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState({}, '', link.href);
  draw();
});
addEventListener('popstate', draw);
draw();
`;
