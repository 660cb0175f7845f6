/** A row of the table of alerts, joined with whether its group is hushed → the alert. */
import * as v from 'valibot';
import { PERS } from '../../shared/api/alarms.ts';
import { alert as schema, type Alert } from '../../shared/api/alerts.ts';
import { hexToId } from '../../shared/event/identity.ts';
import { fromJson, int, maybeInt, maybeText, text, type Row } from './meter.ts';

/** What a statement selects that `readAlert` reads; it joins with HUSHED. */
export const ALERT_COLUMNS = `
  alert.*, hush.muted_until, hush.muted_by, hush.expected, hush.expected_by, (
    SELECT json_group_array(json_object('rowId', event.id, 'eid', lower(hex(event.eid))))
    FROM json_each(alert.examples) AS example JOIN event ON event.id = example.value
  ) AS shown,
  (SELECT name FROM member WHERE member.id = alert.acknowledged_by) AS acknowledged_name,
  (SELECT name FROM member WHERE member.id = hush.muted_by) AS muted_name,
  (SELECT name FROM member WHERE member.id = hush.expected_by) AS expected_name`;

export const HUSHED = `LEFT JOIN hush ON hush.alarm = alert.alarm AND hush.grp = alert.grp`;

const SHOWN = v.array(v.object({ rowId: v.number(), eid: v.string() }));
const GROUP = v.tuple([v.string(), v.string()]);

/** The alert of a row, at the unix second `now`, and the row ids of its examples, newest first. What is gone by now is not among them. */
export function readAlert(row: Row, now: number): { alert: Alert; rowIds: number[] } {
  const { entries } = schema;
  const examples = fromJson(row, 'shown', SHOWN).toSorted((one, other) => other.rowId - one.rowId);
  const recovered = maybeInt(row, 'recovered');
  const acknowledged = deedOf(row, 'acknowledged');
  const mutedUntil = maybeInt(row, 'muted_until') ?? 0;
  const expected = deedOf(row, 'expected');
  const alert: Alert = {
    id: text(row, 'id'),
    alarm: text(row, 'alarm'),
    name: fromJson(row, 'name', entries.name),
    severity: v.parse(entries.severity, row['severity']),
    system: int(row, 'system') === 1,
    ...groupOf(row),
    ...(maybeText(row, 'note') === undefined ? {} : { note: fromJson(row, 'note', NOTE) }),
    state: recovered !== undefined ? 'recovered' : acknowledged ? 'acknowledged' : 'open',
    opened: timeOf(int(row, 'opened')),
    first: timeOf(int(row, 'first')),
    last: timeOf(int(row, 'last')),
    count: int(row, 'count'),
    examples: examples.map(({ eid }) => hexToId(eid)),
    ...(recovered === undefined ? {} : { recovered: timeOf(recovered) }),
    ...(acknowledged === undefined ? {} : { acknowledged }),
    ...(mutedUntil > now ? { muted: { until: timeOf(mutedUntil), ...doerOf(row, 'muted') } } : {}),
    ...(expected === undefined ? {} : { expected }),
  };
  return { alert, rowIds: examples.map(({ rowId }) => rowId) };
}

const NOTE = v.object({ en: v.string(), zh: v.string() });

/** Groups of events have an account and a value; those of Sidetrail itself a name. */
function groupOf(row: Row): Pick<Alert, 'group' | 'subject'> {
  const [group, label, per] = [text(row, 'grp'), maybeText(row, 'label'), maybeText(row, 'per')];
  if (group === '') return {};
  if (per === undefined) return { subject: label ?? group };
  const [account, value] = v.parse(GROUP, JSON.parse(group));
  return {
    group: { per: v.parse(v.picklist(PERS), per), account, value, ...(label === undefined ? {} : { label }) },
  };
}

function deedOf(row: Row, column: 'acknowledged' | 'expected'): Alert['acknowledged'] {
  const at = maybeInt(row, column);
  return at === undefined ? undefined : { ...doerOf(row, column), at: timeOf(at) };
}

function doerOf(row: Row, column: 'acknowledged' | 'muted' | 'expected'): { by: string; byName?: string } {
  const byName = maybeText(row, `${column}_name`);
  return { by: text(row, `${column}_by`), ...(byName === undefined ? {} : { byName }) };
}

function timeOf(second: number): string {
  return new Date(second * 1000).toISOString();
}
