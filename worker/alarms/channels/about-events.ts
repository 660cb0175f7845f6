/** Who did what to which resource, from where, and what came of it: from the examples of an alert. Pure. */
import type { Alert } from '../../../shared/api/alerts.ts';
import type { EventSummary } from '../../../shared/event/event.ts';
import type { AlertTexts } from '../../../shared/i18n/alert-en.ts';

/** More than that are counted. */
const NAMED = 3;

/** The lines about the events of an alert; a text is '' where there is nothing to say. */
export function aboutEvents(
  { group }: Alert,
  events: readonly EventSummary[],
  texts: AlertTexts,
): { label: string; text: string }[] {
  const several = (all: readonly string[]): string => list(all, texts);
  const named = (id: string, name: string | undefined): string =>
    name === undefined || name === '' || name === id ? id : texts.aside(name, id);
  const grouped = (per: NonNullable<Alert['group']>['per']): string[] =>
    group?.per === per ? [named(group.value, group.label)] : [];
  return [
    {
      label: texts.account,
      text: several([...given(group?.account), ...events.map(({ account }) => account)]),
    },
    {
      label: texts.who,
      text: several([...grouped('operator'), ...events.map((event) => whoOf(event, named))]),
    },
    {
      label: texts.what,
      text: several([
        ...(events.length === 0 ? grouped('event') : []),
        ...events.map(({ event, product }) => (product === '' ? event : texts.aside(event, product))),
      ]),
    },
    {
      label: texts.resource,
      text: several([
        ...grouped('resource'),
        ...events.flatMap(({ resources }) => resources.map(({ id, name }) => named(id, name))),
      ]),
    },
    {
      label: texts.from,
      text: several(
        events.map(({ ip, network, place }) => {
          const net = texts.and([texts.networks[network], ...given(place)]);
          return ip === '' ? net : texts.aside(ip, net);
        }),
      ),
    },
    { label: texts.where, text: several([...grouped('region'), ...events.map(({ region }) => region)]) },
    {
      label: texts.error,
      text: several([
        ...(events.length === 0 ? grouped('error') : []),
        ...events.flatMap(({ error }) => (error === undefined ? [] : [errorOf(error, texts)])),
      ]),
    },
  ];
}

function whoOf(
  { operator: { id, name }, person }: EventSummary,
  named: (id: string, name: string | undefined) => string,
): string {
  const who = named(id, name);
  // The name of a session is chosen by who opens it: it says nothing about who that was.
  if (person?.status !== 'exact') return who;
  return `${named(person.id ?? '', person.name)} → ${who}`;
}

function errorOf({ code, message }: NonNullable<EventSummary['error']>, texts: AlertTexts): string {
  return message === '' || message === code ? code : texts.label(code, message);
}

function given(text: string | undefined): string[] {
  return text === undefined || text === '' ? [] : [text];
}

function list(all: readonly string[], texts: AlertTexts): string {
  const known = [...new Set(all.filter((text) => text !== ''))];
  const rest = known.length - NAMED;
  return texts.and(rest > 0 ? [...known.slice(0, NAMED), texts.others(rest)] : known);
}
