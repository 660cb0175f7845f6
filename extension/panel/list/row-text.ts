/** A row in words. */
import type { PanelTexts } from '../../../shared/i18n/panel-en.ts';
import type { ListRow } from '../../protocol/panel.ts';
import { visible } from '../text/visible.ts';

/** Who acted: the operator, with the person behind it. A name that the caller chose is shown as a claim. */
export function operatorText(
  { operator, person }: Pick<ListRow, 'operator' | 'person'>,
  texts: PanelTexts,
): string {
  const name = operator.name || operator.id || texts.unnamed;
  const who = person?.name ?? person?.id;
  if (!person || who === undefined) return name;
  return person.status === 'exact' ? `${who} › ${name}` : `${name}, ${texts.claims(who)}`;
}

/** The first resource, by name where it has one, and how many more; '' where there is none. */
export function resourceText(
  { resources }: Pick<ListRow, 'resources'>,
  number: (value: number) => string,
): string {
  const { first, count } = resources;
  if (!first) return '';
  return `${first.name || first.id}${count > 1 ? ` +${number(count - 1)}` : ''}`;
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
