import { expect, test } from 'vitest';
import { parseRecord } from '../../shared/event/parse.ts';
import { records as company } from '../support/company/company.ts';
import { install, until, type Installation } from '../support/installation.ts';
import { record, records, secondsAgo } from '../support/record.ts';
import { size } from '../support/size.ts';

async function storedIds(sidetrail: Installation): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor = ''; ;) {
    const { json } = await sidetrail.get(`/v1/events?limit=1000${cursor && `&cursor=${cursor}`}`);
    ids.push(...(json['events'] as { id: string }[]).map(({ id }) => id));
    if (json['next'] === null) return ids;
    cursor = json['next'] as string;
  }
}

test('a log file with good, repeated, unordered, too old and broken lines is imported and told exactly', async () => {
  await using sidetrail = await install();
  await sidetrail.start('--empty');
  const good = records(40);
  const lines = [
    ...good.slice(20).map((each) => JSON.stringify(each)),
    ...good
      .slice(0, 20)
      .toReversed()
      .map((each) => JSON.stringify(each)),
    ...good.slice(5, 12).map((each) => JSON.stringify(each)),
    JSON.stringify(record({ requestID: 'old', eventTime: secondsAgo(120 * 86_400) })),
    '{"eventName":"Cut","userIdentity":{"acco',
    '',
    JSON.stringify(record({ requestID: 'no-time', eventTime: 'soon' })),
  ];
  const { code, output } = await sidetrail.import(sidetrail.write('log.ndjson', lines.join('\n')), '--json')
    .ended;
  expect(code, output).toBe(2);
  const counts = JSON.parse(output.slice(output.indexOf('{')));
  expect(counts.total ?? counts).toMatchObject({ accepted: 40, duplicate: 7, refused: 3 });
  expect(await storedIds(sidetrail)).toHaveLength(40);
  const { json } = await sidetrail.get('/v1/events?q=resource:ins-0a1b2c3d&limit=1');
  expect(json['events'] as unknown[]).toHaveLength(1);
});

test(
  'killed in the middle of imports and started again: nothing is lost, nothing is there twice',
  async () => {
    const end = Math.floor(Date.now() / 3_600_000) * 3600;
    const all = [...company({ seed: 3, records: size(4_000, 100_000), end, days: 60 })].map((each) =>
      // The demo company's own account takes demo data only.
      JSON.parse(JSON.stringify(each).replaceAll('100000000000', '100000000001')),
    );
    const wanted = all.map((each) => {
      const parsed = parseRecord(each, { source: 'files', received: '' });
      if (!parsed.ok) throw new Error(parsed.refusal.reason);
      return parsed.event.summary.id;
    });
    await using sidetrail = await install();
    const file = sidetrail.write('company.ndjson', all.map((each) => JSON.stringify(each)).join('\n'));
    const kills = size(1, 10);
    for (let kill = 1; kill <= kills; kill += 1) {
      await sidetrail.start('--empty');
      const importing = sidetrail.import(file);
      const enough = (all.length * kill) / (kills + 1);
      await until(async () => Number((await sidetrail.get('/v1/status')).json['events']) > enough, 600_000);
      await sidetrail.kill();
      expect((await importing.ended).code).toBe(1);
    }
    await sidetrail.start('--empty');
    const { code, output } = await sidetrail.import(file).ended;
    expect(code, output).toBe(0);
    const stored = await storedIds(sidetrail);
    expect(stored).toHaveLength(new Set(wanted).size);
    expect(new Set(stored)).toEqual(new Set(wanted));
    expect((await sidetrail.get('/v1/status')).json['events']).toBe(stored.length);
  },
  size(240_000, 3_600_000),
);
