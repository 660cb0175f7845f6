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

/** Asks for five pages and four answers; `name` is what they are called here. `folder` holds `YYYYMMDDHH/*.gz`. */
export async function askDuckDb(folder: string, sample: Sample): Promise<Compared[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const from = `read_json('${join(folder, '*', '*.gz').replaceAll("'", "''")}',
    format = 'newline_delimited', compression = 'gzip', columns = ${COLUMNS})`;
  const compared: Compared[] = [];
  try {
    const pages = questionsOf(sample).map(([name, where, values]): Asked => {
      return [name, `SELECT * FROM ${from} WHERE ${where} ORDER BY eventTime DESC LIMIT 50`, values];
    });
    for (const [name, sql, values] of [...pages, ...answersOf(from, sample)]) {
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

/** What it is called here, the SQL, and what that binds. */
type Asked = readonly [name: string, sql: string, values: readonly string[]];

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

/** A call that did not succeed: either layer says so, and success has several forms. */
const ERROR = "coalesce(nullif(nullif(apiErrorCode, ''), '0'), nullif(nullif(errorCode, ''), '0'))";

/** A unix second as one of the organisation's zone, which is eight hours ahead all year. */
const LOCAL = '(eventTime + 8 * 3600)';

/** Answers as far as the records themselves can give them; ours have more in them. */
function answersOf(from: string, { purchases }: Sample): Asked[] {
  const span = 'count(*) AS n, min(eventTime), max(eventTime)';
  const split = `count(*) FILTER (WHERE ${ERROR} IS NULL), count(*) FILTER (WHERE actionType = 'Write')`;
  return [
    [
      'problems.all',
      `SELECT userIdentity.principalId, resourceType, eventName, ${ERROR} AS error, ${span} FROM ${from}
       WHERE error IS NOT NULL GROUP BY ALL ORDER BY n DESC LIMIT 50`,
      [],
    ],
    [
      'timeline_day.all',
      `SELECT ${LOCAL} // 86400 AS day, count(*), ${split} FROM ${from} GROUP BY ALL ORDER BY day`,
      [],
    ],
    [
      'operators.all',
      `SELECT userIdentity.principalId, ${span}, ${split} FROM ${from} GROUP BY ALL ORDER BY n DESC LIMIT 50`,
      [],
    ],
    [
      'purchases.all',
      `SELECT strftime(make_timestamp(${LOCAL} * 1000000), '%Y-%m') AS month, count(*) FROM ${from}
       WHERE list_contains(string_split($1, ' '), eventName) AND ${ERROR} IS NULL GROUP BY ALL ORDER BY month`,
      [purchases.join(' ')],
    ],
  ];
}
