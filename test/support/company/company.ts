import { DAY } from './calendar.ts';
import { somebody } from './intents/desk.ts';
import { KINDS } from './kinds.ts';
import { ACCOUNT } from './people.ts';
import { type RawRecord, render } from './render.ts';
import { begin, createStage, type Stage, type Told } from './stage.ts';
import { traffic } from './traffic.ts';
import type { Truth } from './truth.ts';

export { company } from './people.ts';

/** What to simulate. The same options give the same bytes, on any machine. */
export interface CompanyOptions {
  seed: number;
  /** How many records to make, within 2 %. */
  records: number;
  /** Every record is older than this, unix seconds. */
  end: number;
  /** How far back the records reach. */
  days?: number;
}

/** A record, or a truth about the records before it. */
export type Happening = { record: RawRecord } | { truth: Truth };

/** What happened before the range: the company bought most of what it has. */
function tellPast(stage: Stage): void {
  const { random, estate, scope } = stage;
  for (const { kind, id, region, charge } of estate.all()) {
    const facts = KINDS[kind];
    if (!('prepaid' in facts) || facts.prepaid === undefined) continue;
    stage.told.push({
      truth: {
        of: 'purchase',
        kind: 'create',
        requestIds: [],
        time: scope.start - random.between(DAY, 700 * DAY),
        person: random.chance(0.1) ? ACCOUNT : somebody(random).uin,
        product: facts.product,
        region,
        resourceIds: [id],
        count: 1,
        chargeType: charge,
        dealIds: [],
        hidden: 'before-range',
      },
    });
  }
}

/** Plays the company's stories in order of time. Holds no more than the company and what is under way. */
function* play(options: CompanyOptions): Generator<Told> {
  const { end, days = 90 } = options;
  const stage = createStage({ seed: options.seed, records: options.records, start: end - days * DAY, end });
  tellPast(stage);
  begin(stage, 0, traffic(stage));
  for (let due = stage.agenda.take(); due !== undefined && due.time < end; due = stage.agenda.take()) {
    stage.now = due.time;
    const step = due.story.next();
    if (!step.done) stage.agenda.add(stage.now + step.value, due.story);
    yield* stage.told;
    stage.told.length = 0;
  }
}

/** Records in order of time, oldest first, with the truths about each right after it. */
export function* simulateCompany(options: CompanyOptions): Generator<Happening> {
  for (const told of play(options)) yield 'call' in told ? { record: render(told.call) } : told;
}

/** The records as CloudAudit delivers them to a bucket, one object a line, oldest first. */
export function* records(options: CompanyOptions): Generator<RawRecord> {
  for (const told of play(options)) if ('call' in told) yield render(told.call);
}

/** What truly happened, in the order it became true; what is older than the range comes first. */
export function* ledger(options: CompanyOptions): Generator<Truth> {
  for (const told of play(options)) if ('truth' in told) yield told.truth;
}
