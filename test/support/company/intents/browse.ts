import { action, type Page } from '../actions.ts';
import type { Story } from '../agenda.ts';
import type { Resource } from '../estate.ts';
import type { Person } from '../people.ts';
import type { Actor, Stage } from '../stage.ts';
import { atDesk } from './desk.ts';
import { look, pageOf, readOf, writeTo } from './perform.ts';

/** A visit to a page of the console: a burst of reads, and now and then a write. */

/** What each team works with, most first. */
const PRODUCTS: Readonly<Record<string, readonly string[]>> = {
  platform: [
    'cvm',
    'vpc',
    'clb',
    'cbs',
    'tke',
    'monitor',
    'cam',
    'cvm',
    'kms',
    'cloudaudit',
    'tat',
    'tag',
    'account',
  ],
  data: ['cdb', 'redis', 'cos', 'cdb', 'cls', 'cbs', 'monitor', 'billing', 'kms', 'account'],
  shop: [
    'scf',
    'cos',
    'cls',
    'tke',
    'clb',
    'monitor',
    'cdb',
    'redis',
    'tag',
    'billing',
    'finance',
    'account',
  ],
};

/** How often somebody opens a page that they may not see. */
const CURIOUS = 0.045;
/** How often a visit goes on with one more write. */
const EDITS = 0.62;

/** A page that the person works with; now and then one that they have no permission for. */
function pageFor(stage: Stage, person: Person): Page {
  const { random } = stage;
  const products = PRODUCTS[person.team] ?? [];
  const wanted = person.lacks.length > 0 && random.chance(CURIOUS) ? random.pick(person.lacks) : undefined;
  for (;;) {
    const product = wanted ?? products[random.rank(products.length)] ?? 'cvm';
    if (wanted !== undefined || !person.lacks.includes(product)) return pageOf(random, product);
  }
}

/** Reads on a page, up to `most`; a missing permission ends the visit soon. */
function* visit(stage: Stage, actor: Actor, page: Page, most: number): Generator<number, Resource[], void> {
  const { random, estate } = stage;
  const focus = page.kind !== undefined && random.chance(0.6) ? [estate.pick(page.kind)] : [];
  const first = page.reads[0];
  let patience = 2;
  if (first !== undefined && !look(stage, actor, first)) patience -= 1;
  for (let done = 1; done < most && patience > 0; done += 1) {
    yield random.chance(0.5) ? 0 : random.between(1, 9);
    if (!look(stage, actor, readOf(stage, page), focus)) patience -= 1;
  }
  return focus;
}

/** The person writes something on the page; tries again at times, when the service says no. */
function* edit(stage: Stage, actor: Actor, page: Page, focus: readonly Resource[]): Story {
  const { random, estate } = stage;
  const { kind } = page;
  const event = random.pick(page.everyday);
  const resource = focus[0] ?? (kind && estate.pick(kind));
  const several = (kind === 'instance' || kind === 'disk') && random.chance(0.3);
  const second = several && estate.find(kind, (one) => one !== resource && one.region === resource?.region);
  const first = resource ? [resource] : [];
  yield random.between(5, 60);
  if (!writeTo(stage, actor, event, second ? [...first, second] : first) && random.chance(0.5)) {
    yield random.between(3, 20);
    writeTo(stage, actor, event, first);
  }
  yield random.between(1, 4);
  look(stage, actor, readOf(stage, page), first);
}

/** The person opens a page, looks around, and may do something there. */
export function* browse(stage: Stage, person: Person): Story {
  const { random } = stage;
  const actor = yield* atDesk(stage, person);
  const page = pageFor(stage, person);
  const focus = yield* visit(stage, actor, page, random.between(2, 8));
  if (focus.length > 0 && random.chance(0.15)) look(stage, actor, action('monitor:GetMonitorData'), focus);
  while (page.everyday.length > 0 && random.chance(EDITS)) yield* edit(stage, actor, page, focus);
}
