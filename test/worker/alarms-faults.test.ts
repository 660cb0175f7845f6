import { expect, test } from 'vitest';
import type { Track } from '../../shared/api/tracks.ts';
import { faultsOf, isSilent, type State } from '../../worker/alarms/faults.ts';
import { inUse } from '../../worker/tencent/in-use.ts';
import type { ReadSource } from '../../worker/store/sources.ts';

const NOW = 1_800_000_000;

const SOURCE: ReadSource = {
  id: 'api-1250000001',
  kind: 'api',
  account: '1250000001',
  accounts: [],
  state: '{}',
  nextTry: 0,
  failures: 0,
  seenTo: NOW - 60,
};
const PROBLEM = {
  kind: 'permission',
  code: 'UnauthorizedOperation',
  message: 'no',
  advice: 'Grant it.',
  since: NOW - 30,
};
const TRACK: Track = {
  id: 'all',
  number: 1,
  name: 'All',
  q: '',
  accounts: '*',
  target: { type: 'r2', prefix: 'all' },
  format: 'records',
  compress: true,
  status: 'on',
  created: '2026-11-22T00:00:00Z',
  updated: '2026-11-22T00:00:00Z',
  changedBy: 'admin',
  health: 'ok',
};
const FINE: State = {
  sources: [SOURCE],
  keys: [],
  tracks: [TRACK],
  ticked: NOW - 60,
  bytes: 50,
  limit: 100,
  inUse: { keys: new Set(['d']), sources: new Set([SOURCE.id, 'files-audit-1250000001']) },
};

function sources(change: Partial<ReadSource>): Partial<State> {
  return { sources: [{ ...SOURCE, ...change }] };
}

test.each<[string, Partial<State>, [alarm: string, grp: string][]]>([
  ['all is fine', {}, []],
  ['15 minutes behind', sources({ seenTo: NOW - 900 }), []],
  ['more than 15 minutes behind', sources({ seenTo: NOW - 901 }), [['sys.source', SOURCE.id]]],
  ['refused', sources({ problem: PROBLEM }), [['sys.source', SOURCE.id]]],
  ['busy for a while', sources({ problem: { ...PROBLEM, kind: 'limit' } }), []],
  [
    'behind, and no longer asked for',
    { ...sources({ seenTo: 0 }), inUse: { keys: new Set(), sources: new Set() } },
    [],
  ],
  [
    'files that nobody looked for',
    sources({ id: 'files-audit-1250000001', kind: 'files', succeeded: NOW - 1000 }),
    [['sys.source', 'files-audit-1250000001']],
  ],
  [
    'files that do not come',
    sources({ id: 'files-audit-1250000001', kind: 'files', succeeded: NOW - 10, seenTo: NOW - 5000 }),
    [],
  ],
  [
    'a key that opens nothing',
    { keys: [{ digest: 'd', hint: 'AKID…1', tried: NOW, nextTry: 0, problem: PROBLEM }] },
    [['sys.source', 'key-AKID…1']],
  ],
  ['a set that is late', { tracks: [{ ...TRACK, health: 'late', lag: 700 }] }, [['sys.track', 'all']]],
  ['a set that fails', { tracks: [{ ...TRACK, health: 'failing' }] }, [['sys.track', 'all']]],
  ['a set that is paused', { tracks: [{ ...TRACK, health: 'paused' }] }, []],
  ['deliveries given up', { tracks: [{ ...TRACK, dead: 2 }] }, [['sys.dead-letters', 'track-all']]],
  ['records refused lately', { refused: NOW - 3600 }, [['sys.dead-letters', 'records']]],
  ['records refused long ago', { refused: NOW - 3601 }, []],
  ['80 % of the storage', { bytes: 80 }, []],
  ['more than 80 % of the storage', { bytes: 81 }, [['sys.storage', 'storage']]],
  ['a tick 5 minutes ago', { ticked: NOW - 300 }, []],
  ['a tick more than 5 minutes ago', { ticked: NOW - 301 }, [['sys.tick', 'tick']]],
])('%s', (_name, change, expected) => {
  const faults = faultsOf({ ...FINE, ...change }, NOW);
  expect(faults.map(({ alarm, grp }) => [alarm, grp])).toEqual(expected);
  for (const { note } of faults) expect(Object.values(note).every((text) => text.length > 5)).toBe(true);
});

test('before the first tick nothing stands still', () => {
  expect(isSilent(undefined, NOW)).toBe(false);
});

test('sources in use are those of the keys and buckets in the settings', async () => {
  const secretId = 'AKIDmadeup0000000000000000000000001';
  const digest = Buffer.from(
    await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secretId)),
  ).toString('hex');
  const known = [{ digest, hint: '', account: '1250000001', tried: 0, nextTry: 0 }];
  const env = {
    TENCENT_SECRET_ID: secretId,
    TENCENT_SECRET_KEY: 'made-up-secret-key-000000000000000',
    TENCENT_BUCKETS: 'audit-1250000001/ap-guangzhou',
  };
  expect([...inUse(env, known).sources]).toEqual(['api-1250000001', 'files-audit-1250000001']);
  expect(inUse({}, known).sources.size).toBe(0);
});
