/** A row in words. */
import type { PanelTexts } from '../../../shared/i18n/panel-en.ts';
import type { ListRow } from '../../protocol/panel.ts';
import { visible } from '../text/visible.ts';

/**
 * Who acted: the person of whom the record is exact, else the operator; and what follows where there is room, the
 * operator or a person. A name that the caller chose is shown as a claim.
 */
export function whoOf(
  { operator, person }: Pick<ListRow, 'operator' | 'person'>,
  texts: PanelTexts,
): { name: string; more: string } {
  const name = operator.name || operator.id || texts.unnamed;
  const who = person?.name ?? person?.id;
  if (!person || who === undefined) return { name, more: '' };
  return person.status === 'exact'
    ? { name: who, more: ` › ${name}` }
    : { name, more: `, ${texts.claims(who)}` };
}

/** Who acted, in full. */
export function operatorText(row: Pick<ListRow, 'operator' | 'person'>, texts: PanelTexts): string {
  const { name, more } = whoOf(row, texts);
  return `${name}${more}`;
}

/** The first resource, by name where it has one, and how many more; '' where there are none. */
export function whatOf(
  { resources: { first, count } }: Pick<ListRow, 'resources'>,
  texts: PanelTexts,
  number: (value: number) => string,
): { name: string; more: string } {
  return {
    name: first ? first.name || first.id : '',
    more: count > 1 ? texts.more(number(count - 1)) : '',
  };
}

/** The whole row as one sentence, for who hears it. */
export function sentenceOf(
  row: ListRow,
  texts: PanelTexts,
  number: (value: number) => string,
  time: string,
): string {
  const { first, count } = row.resources;
  const parts = [
    texts.rowName[row.outcome](operatorText(row, texts), row.event),
    row.outcome !== 'ok' && row.error ? texts.rowError(row.error) : '',
    first ? texts.rowOn(first.name || first.id) : '',
    count > 1 ? texts.rowMore(number(count - 1)) : '',
    row.ip === ''
      ? ''
      : texts.rowFrom(row.network === 'outside' ? `${texts.networks.outside} ${row.ip}` : row.ip),
    texts.rowAt(time),
  ];
  return visible(parts.join(''));
}
