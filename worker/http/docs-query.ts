/** The query language, as the page of the interface explains it. */
import { isKey, KEYS, type Key, type Values } from '../../shared/query/keys.ts';
import { MOMENT_FORMS } from '../../shared/i18n/fault-en.ts';
import { block, sentence, table } from './html.ts';

const MEANING: Readonly<Record<Key, string>> = {
  account: 'The root account that the event belongs to.',
  operator: 'Who acted: `principalId`, or a name.',
  person: 'The human behind a role session.',
  event: 'The API or console action.',
  product: 'The product, such as `cvm`.',
  resource: 'The id or the name of a resource.',
  type: 'The kind of a resource, such as `instance`.',
  region: 'The region, such as `ap-guangzhou`.',
  action: 'Whether it reads or writes.',
  outcome: '`failed`: the service said no. `denied`: authentication or authorisation did.',
  error: 'The code of the error.',
  via: 'What it was done with.',
  ip: 'The address that the call came from.',
  network: 'Where that address belongs.',
  key: 'The access key id.',
  request: 'The request id, or CloudAudit’s id of the event.',
  tag: 'A tag of the record.',
  is: 'What the event is besides.',
  source: 'Where the event came in.',
  from: 'The first moment; it counts.',
  to: 'The last moment; it does not count, but a date means all of that day.',
};

const TAKES: { readonly [K in Exclude<Values['kind'], 'choice'>]: string } = {
  pattern: 'Any text; `*` stands for any characters.',
  who: 'Any text; `*` stands for any characters.',
  prefix: 'Any text; `*` at its end.',
  text: 'Any text.',
  digits: 'Digits.',
  tag: '`key=value`; `*` behind the equals sign.',
  network: 'An address or a CIDR, v4 or v6.',
  moment: `${MOMENT_FORMS.replace(/^a/, 'A')}.`,
};

function takes(values: Values): string {
  if (values.kind !== 'choice') return TAKES[values.kind];
  return `One of ${values.choices.map((choice) => `\`${choice}\``).join(', ')}.`;
}

/** The section of the query language; HTML. */
export function querySection(): string {
  const rows = Object.entries<Values>(KEYS).map(([key, values]) => [
    `<code>${key}</code>`,
    sentence(`${isKey(key) ? MEANING[key] : ''} ${takes(values)}`),
  ]);
  return `<h2 id="query">The query language</h2>
${block('operator:web-deploy -action:read product:cvm,cbs outcome:failed,denied from:7d')}
<p>${sentence('All terms must hold, any value of a term will do, and `-` before a term turns it around. A value with a space, a comma or a quote in it stands in double quotes. A word without a key is looked for in event names, names of operators, ids and names of resources, and error codes. Upper and lower case are the same. A mistake is an error that says where it is.')}</p>
${table(['Key', 'What it asks, and what it takes'], rows)}`;
}
