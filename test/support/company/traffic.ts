import type { Story } from './agenda.ts';
import { busyness, MACHINES, MINUTE } from './calendar.ts';
import { browse } from './intents/browse.ts';
import {
  consoleOrder,
  delegatedPurchase,
  dryRun,
  purchase,
  retriedPurchase,
  rolePurchase,
  tiedOrders,
} from './intents/buy.ts';
import {
  bucketAcl,
  databaseParameter,
  instanceAttribute,
  policyUpdate,
  securityGroupRule,
} from './intents/configure.ts';
import { somebody } from './intents/desk.ts';
import { chargeTypeChange, refund, release, renewal, resize } from './intents/lifecycle.ts';
import { pipeline, script, service } from './intents/machines.ts';
import { roleWork } from './intents/roles.ts';
import { chore, intrusion, rootWork } from './intents/unusual.ts';
import { begin, type Stage } from './stage.ts';

/** Rare stories, and how often each is told in 100,000 records. */
const RARE: readonly { per100k: number; story: (stage: Stage) => Story }[] = [
  { per100k: 180, story: purchase },
  { per100k: 25, story: retriedPurchase },
  { per100k: 20, story: dryRun },
  { per100k: 20, story: delegatedPurchase },
  { per100k: 40, story: consoleOrder },
  { per100k: 15, story: tiedOrders },
  { per100k: 25, story: rolePurchase },
  { per100k: 80, story: renewal },
  { per100k: 70, story: resize },
  { per100k: 35, story: chargeTypeChange },
  { per100k: 30, story: refund },
  { per100k: 140, story: (stage) => release(stage) },
  { per100k: 140, story: securityGroupRule },
  { per100k: 70, story: databaseParameter },
  { per100k: 40, story: policyUpdate },
  { per100k: 40, story: bucketAcl },
  { per100k: 80, story: instanceAttribute },
  { per100k: 100, story: chore },
  { per100k: 15, story: rootWork },
  { per100k: 10, story: intrusion },
];

const SLOT = 10 * MINUTE;

/** Everything that is going on at a time, people and machines. */
function load(time: number): number {
  return busyness(time) + MACHINES;
}

function* slots(from: number, to: number): Generator<{ time: number; length: number }> {
  for (let time = from; time < to; time += SLOT) yield { time, length: Math.min(SLOT, to - time) };
}

/** One of the everyday stories: machines at any time, people when they are at work. */
function everyday(stage: Stage, time: number): Story {
  const { random } = stage;
  if (random.unit() * load(time) < MACHINES) {
    const roll = random.unit();
    if (roll < 0.5) return script(stage);
    return roll < 0.85 ? service(stage) : pipeline(stage);
  }
  const roll = random.unit();
  if (roll < 0.06) return roleWork(stage);
  if (roll < 0.14) return script(stage);
  return browse(stage, somebody(random));
}

/**
 * Starts the company's stories over the whole range, so that the wanted number of records comes out with
 * the rhythm of days and weeks. It watches how many calls were made and starts more or fewer.
 */
export function* traffic(stage: Stage): Story {
  const { start, end, records } = stage.scope;
  const { random } = stage;
  let whole = 0;
  for (const { time, length } of slots(start, end)) whole += load(time) * length;

  const told = RARE.map(() => 0);
  let passed = 0;
  let started = 1;
  for (const { time, length } of slots(start, end)) {
    passed += load(time) * length;
    const progress = passed / whole;
    for (const [number, { per100k, story }] of RARE.entries()) {
      // The first of a kind comes early enough for the last of its calls to fall into the range.
      const due = Math.floor((per100k * records * progress) / 100_000 + 0.4);
      for (let done = told[number] ?? 0; done < due; done += 1)
        begin(stage, random.below(length), story(stage));
      told[number] = Math.max(due, told[number] ?? 0);
    }

    const perStory = Math.max(2, stage.calls / started);
    const wanted = (records * progress - stage.calls) / perStory;
    const count = Math.max(0, Math.floor(wanted + random.unit()));
    for (let done = 0; done < count; done += 1) begin(stage, random.below(length), everyday(stage, time));
    started += count;
    yield length;
  }
}
