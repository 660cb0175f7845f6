import { records, type CompanyOptions } from '../company/company.ts';
import { ACCOUNT } from '../company/people.ts';
import { createRandom, type Random } from '../company/rng.ts';

const DAY = 86_400;
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Whose records these are, unless said: the demo company's own account is for demo data only. */
export const CLOUD_ACCOUNT = '100010001000';

/** How many records, of 1, are indexed late, and how many twice. */
export interface Irregular {
  /** 15 to 60 minutes after the event. */
  late: number;
  /** 1 to 20 hours after the event. */
  beyond: number;
  /** Indexed once more, up to an hour after the first time. */
  twice: number;
}

export interface RecordsOptions extends Partial<Irregular> {
  /** Whose records; several share them by who acted. */
  accounts?: readonly string[];
}

/** A record and when it is indexed. */
export interface Arrival {
  /** The record as JSON text. */
  text: string;
  requestId: string;
  account: string;
  /** Unix s. */
  eventTime: number;
  /** Unix ms. */
  indexedAt: number;
  /** How it comes: what is `beyond` an hour is past the time in which late records are awaited. */
  comes: 'soon' | 'late' | 'beyond' | 'again';
}

/**
 * The demo company's records of a time in unix s, about `count` of them (2 % more or less), in order of event time;
 * a repetition comes right after its first. Most are indexed within a minute, some later, so that the order of
 * indexing is another. The same arguments give the same records.
 */
export function* recordsOf(
  seed: number,
  count: number,
  from: number,
  to: number,
  options: RecordsOptions = {},
): Generator<Arrival> {
  const { accounts = [CLOUD_ACCOUNT], late = 0.015, beyond = 0.005, twice = 0.01 } = options;
  const random = createRandom(seed + 1);
  const company: CompanyOptions = { seed, records: count, end: to, days: (to - from) / DAY };
  for (const record of records(company)) {
    const eventTime = Number(record['eventTime']);
    const requestId = String(record['requestID']);
    const account =
      accounts[byName(JSON.stringify(record['userIdentity']), accounts.length)] ?? CLOUD_ACCOUNT;
    const text = JSON.stringify({ ...record, eventID: requestId }).replaceAll(
      new RegExp(String.raw`\b${ACCOUNT}\b`, 'g'),
      account,
    );
    const comes = drawn(random, { late, beyond });
    const indexedAt = eventTime * SECOND + delay(random, comes);
    const arrival: Arrival = { text, requestId, account, eventTime, indexedAt, comes };
    yield arrival;
    if (random.chance(twice)) {
      yield { ...arrival, indexedAt: indexedAt + random.between(SECOND, HOUR), comes: 'again' };
    }
  }
}

function drawn(
  random: Random,
  { late, beyond }: Pick<Irregular, 'late' | 'beyond'>,
): 'soon' | 'late' | 'beyond' {
  const roll = random.unit();
  if (roll < beyond) return 'beyond';
  return roll < beyond + late ? 'late' : 'soon';
}

/** Ms from the event to its indexing. */
function delay(random: Random, comes: 'soon' | 'late' | 'beyond'): number {
  if (comes === 'late') return random.between(15 * MINUTE, HOUR - MINUTE);
  if (comes === 'beyond') return random.between(HOUR + 5 * MINUTE, 20 * HOUR);
  // Half within 9 s, hardly any over a minute.
  return 2 * SECOND + Math.min(2 * MINUTE, Math.floor(-Math.log(1 - random.unit()) * 10 * SECOND));
}

/** A number below `n` that is the same for the same identity. */
function byName(identity: string, n: number): number {
  const [principal = '0'] = /(?<="principalId":")\d+/.exec(identity) ?? [];
  return Number(principal.slice(-6)) % n;
}
