import type { Target } from './call.ts';
import { KINDS, type Kind } from './kinds.ts';
import { FUNCTION_NAMES, HOSTILE, resourceName, resourceTags } from './names.ts';
import { APP_ID, company, HOME_REGION, PEOPLE, REGIONS, ROLES } from './people.ts';
import type { Random } from './rng.ts';
import type { ChargeType } from './truth.ts';

/** One thing that the company has. */
export interface Resource extends Target {
  kind: Kind;
  charge: ChargeType;
  /** What it is set to now, by setting; what is not there was never set in the stored range. */
  settings: Record<string, string>;
}

/** Everything the company has. Its size is bounded by the company's, not by how much happens. */
export interface Estate {
  /** One resource, a few far more often than others. */
  pick(kind: Kind): Resource;
  /** As `pick`, among those that `fits` holds for; undefined where there is none. */
  find(kind: Kind, fits: (resource: Resource) => boolean): Resource | undefined;
  all(): Iterable<Resource>;
  /** A new resource, in use from now on. */
  add(kind: Kind, region: string, charge: ChargeType): Resource;
  remove(resource: Resource): void;
  /** How many there are, as a share of the most there may be. */
  fullness(kind: Kind): number;
}

const ID_SPACE = 36 ** 8;
/** Prime to 36, so that multiplying by it visits every id once; small enough for exact products. */
const ID_STEP = 1_000_000_007;
const KIND_NAMES = Object.keys(KINDS).filter((name): name is Kind => name in KINDS);

/** The company's resources as they are when the range begins. */
export function createEstate(random: Random): Estate {
  const pools = new Map<Kind, Resource[]>();
  const offset = random.below(ID_SPACE);
  let made = 0;

  function pool(kind: Kind): Resource[] {
    const there = pools.get(kind) ?? [];
    pools.set(kind, there);
    return there;
  }

  function newId(kind: Kind, number: number): string {
    const form = KINDS[kind].id;
    made += 1;
    if (kind === 'user') return PEOPLE[number % PEOPLE.length]?.uin ?? '';
    if (kind === 'role') return Object.values(ROLES)[number % 4]?.name ?? '';
    if (form === 'uuid') return random.uuid();
    if (form === 'number') return String(20_480_000 + made);
    if (form === 'bucket')
      return `yunzhou-${['assets', 'backup', 'logs', 'site', 'data'][number % 5]}-${number}-${APP_ID}`;
    if (form === 'name') return FUNCTION_NAMES[number >> 1] ?? `function-${number}`;
    return form.prefix + ((offset + made * ID_STEP) % ID_SPACE).toString(36).padStart(8, '0');
  }

  function add(kind: Kind, region: string, charge: ChargeType): Resource {
    const there = pool(kind);
    const resource: Resource = {
      kind,
      type: KINDS[kind].type,
      id: newId(kind, there.length),
      region: KINDS[kind].global ? HOME_REGION : region,
      tags: resourceTags(random, random.pick(company.teams).id),
      charge,
      settings: {},
    };
    // At a random place, so that what is new may be used a lot too.
    there.splice(random.below(there.length + 1), 0, resource);
    return resource;
  }

  function pick(kind: Kind): Resource {
    const there = pool(kind);
    const found = there[random.rank(there.length)];
    if (found === undefined) throw new Error(`no ${kind} left`);
    return found;
  }

  for (const kind of KIND_NAMES) {
    const { count, prepaid = 0 } = KINDS[kind];
    for (let number = 0; number < count; number += 1) {
      // Function names come in pairs: the same name in two regions.
      const region = kind === 'function' ? REGIONS[number % 2] : REGIONS[random.rank(REGIONS.length)];
      const added = add(kind, region ?? HOME_REGION, random.chance(prepaid) ? 'PREPAID' : 'POSTPAID_BY_HOUR');
      added.settings['name'] = number === 1 ? random.pick(HOSTILE) : resourceName(random);
    }
  }

  return {
    pick,
    find(kind, fits) {
      for (let tries = 0; tries < 8; tries += 1) {
        const found = pick(kind);
        if (fits(found)) return found;
      }
      return pool(kind).find(fits);
    },
    *all() {
      for (const there of pools.values()) yield* there;
    },
    add,
    remove(resource) {
      const there = pool(resource.kind);
      const place = there.indexOf(resource);
      if (place >= 0 && there.length > 1) there.splice(place, 1);
    },
    fullness: (kind) => pool(kind).length / (2 * KINDS[kind].count),
  };
}
