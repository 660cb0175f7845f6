/** The same questions asked of the records as a bucket holds them: gzip NDJSON, read by DuckDB. */
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Sample } from './sample.ts';
import { median } from './statistics.ts';

export interface Compared {
  name: string;
  hits: number;
  /** Milliseconds, median of three. */
  ms: number;
}

const RUNS = 3;

/** Asks five of the questions; `name` is that of the question here. `folder` holds `YYYYMMDDHH/*.gz`. */
export async function askDuckDb(folder: string, sample: Sample): Promise<Compared[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const from = `read_json('${join(folder, '*', '*.gz').replaceAll("'", "''")}',
    format = 'newline_delimited', compression = 'gzip', columns = ${COLUMNS})`;
  const compared: Compared[] = [];
  try {
    for (const [name, where, values] of questionsOf(sample)) {
      const sql = `SELECT * FROM ${from} WHERE ${where} ORDER BY eventTime DESC LIMIT 50`;
      const times: number[] = [];
      let hits = 0;
      for (let run = 0; run < RUNS; run += 1) {
        const started = performance.now();
        const reader = await connection.runAndReadAll(sql, [...values]);
        times.push(performance.now() - started);
        hits = reader.currentRowCount;
      }
      compared.push({ name, hits, ms: median(times) });
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  return compared;
}

const COLUMNS = `{
  userIdentity: 'STRUCT(accountId VARCHAR, principalId VARCHAR, userName VARCHAR, type VARCHAR)',
  eventName: 'VARCHAR', eventTime: 'BIGINT', requestID: 'VARCHAR', resourceType: 'VARCHAR',
  resourceName: 'VARCHAR', sourceIPAddress: 'VARCHAR', eventRegion: 'VARCHAR', actionType: 'VARCHAR',
  errorCode: 'VARCHAR', apiErrorCode: 'VARCHAR', requestParameters: 'VARCHAR', responseElements: 'VARCHAR'
}`;

/** Names of questions, the conditions that mean the same here, and what they bind. */
function questionsOf(sample: Sample): [name: string, where: string, values: string[]][] {
  const { operator, product, resource, request } = sample;
  return [
    ['operator-id', 'userIdentity.principalId = $1', [operator.id]],
    ['pair-product-write', "lower(resourceType) = $1 AND actionType = 'Write'", [product]],
    [
      'resource',
      "list_contains(list_transform(string_split(resourceName, '|'), lambda part: split_part(part, '/', -1)), $1)",
      [resource],
    ],
    ['request', 'requestID = $1', [request]],
    ['prefix-event', "starts_with(eventName, 'Describe')", []],
  ];
}
