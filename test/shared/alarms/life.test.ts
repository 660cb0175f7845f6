import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { live, type Hush, type Life, type Manner, type Told } from '../../../shared/alarms/life.ts';

const COUNTED: Manner = { quiet: 300, silence: 3600, tellsEnd: true };
const LOUD: Hush = { expected: false, mutedUntil: 0 };
const opened = (count: number, grown: number): Life => ({ count, grown, acknowledged: false });

interface Step {
  at: number;
  /** Events that come in then. */
  grows?: number;
  acknowledge?: true;
  hush?: Partial<Hush>;
}

/** What is told of an alert while steps happen, looked at whenever it asks to be. */
function toldOf(manner: Manner, steps: readonly Step[], until: number): [at: number, kind: Told][] {
  const told: [number, Told][] = [];
  let life: Life = { count: 0, grown: 0, acknowledged: false };
  const hush = { ...LOUD };
  let due: number | undefined;
  const look = (now: number): number | undefined => {
    const lived = live(life, manner, hush, now);
    life = lived.life;
    ({ due } = lived);
    if (lived.tell !== undefined) told.push([now, lived.tell]);
    expect(due === undefined || due > now).toBe(true);
    return due;
  };
  for (const { at, grows = 0, acknowledge, hush: hushed } of [...steps, { at: until }]) {
    for (let next = due; next !== undefined && next < at;) next = look(next);
    if (grows > 0) {
      const { recovered: _recovered, ...rest } = life;
      life = { ...rest, count: life.count + grows, grown: at };
    }
    if (acknowledge) life = { ...life, acknowledged: true };
    Object.assign(hush, hushed);
    look(at);
  }
  return told;
}

test.each<[string, Step[], [number, Told][]]>([
  [
    'one burst is told when it begins and when it is over',
    [{ at: 0, grows: 300 }],
    [
      [0, 'opened'],
      [300, 'recovered'],
    ],
  ],
  [
    'what goes on is told once in a silence',
    Array.from({ length: 40 }, (_, i) => ({ at: i * 200, grows: 5 })),
    [
      [0, 'opened'],
      [3600, 'summary'],
      [7200, 'summary'],
      [8100, 'recovered'],
    ],
  ],
  [
    'what comes back within the silence is told when it is over, and its end once',
    [
      { at: 0, grows: 1 },
      { at: 600, grows: 1 },
      { at: 1200, grows: 1 },
    ],
    [
      [0, 'opened'],
      [300, 'recovered'],
      [3900, 'summary'],
    ],
  ],
  [
    'once acknowledged only its end is told',
    [
      { at: 0, grows: 1 },
      { at: 100, acknowledge: true },
      ...Array.from({ length: 30 }, (_, i) => ({ at: 200 + i * 200, grows: 1 })),
    ],
    [
      [0, 'opened'],
      [6300, 'recovered'],
    ],
  ],
  ['nothing is told of what is expected', [{ at: 0, hush: { expected: true }, grows: 5 }], []],
  [
    'what is open when a mute ends is told then',
    [{ at: 0, hush: { mutedUntil: 250 }, grows: 5 }],
    [
      [250, 'opened'],
      [300, 'recovered'],
    ],
  ],
  [
    'what ends while it is muted is not told later',
    [
      { at: 0, grows: 5 },
      { at: 10, hush: { mutedUntil: 5000 } },
    ],
    [[0, 'opened']],
  ],
  [
    'growth while muted is told when the mute ends',
    [
      { at: 0, grows: 1 },
      { at: 10, hush: { mutedUntil: 4000 } },
      ...Array.from({ length: 20 }, (_, i) => ({ at: 200 + i * 200, grows: 1 })),
    ],
    [
      [0, 'opened'],
      [4000, 'summary'],
      [4300, 'recovered'],
    ],
  ],
])('%s', (_name, steps, expected) => {
  expect(toldOf(COUNTED, steps, 20_000)).toEqual(expected);
});

test('that something was seen first has no end to tell', () => {
  expect(toldOf({ ...COUNTED, tellsEnd: false }, [{ at: 0, grows: 1 }], 20_000)).toEqual([[0, 'opened']]);
});

test('what nothing but its condition ends stays open', () => {
  const { life, due } = live(opened(1, 0), { silence: 60, tellsEnd: true }, LOUD, 1_000_000);
  expect(life.recovered).toBeUndefined();
  expect(due).toBeUndefined();
});

test('however it grows, messages are at least a silence apart but for the one that it is over', () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 2000 }), fc.nat({ max: 3 })), { maxLength: 40 });
  fc.assert(
    fc.property(steps, (gaps) => {
      let at = 0;
      const later = gaps.map(([gap, grows]) => ({ at: (at += gap), grows }));
      const told = toldOf(COUNTED, [{ at: 0, grows: 1 }, ...later], at + 100_000);
      const others = told.filter(([, kind]) => kind !== 'recovered');
      others.slice(1).forEach(([time], i) => {
        expect(time - (others[i]?.[0] ?? 0)).toBeGreaterThanOrEqual(COUNTED.silence);
      });
      expect(told[0]).toEqual([0, 'opened']);
      // All that happened was told of by the end.
      const last = Math.max(0, ...later.filter(({ grows }) => grows > 0).map((step) => step.at));
      expect(told.at(-1)?.[0]).toBeGreaterThanOrEqual(last);
    }),
  );
});
