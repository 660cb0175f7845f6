/** All that is known of what the Worker reads by itself, in one round trip. */
import { apiKeysOf, readApiKey, type ApiKey } from './api-keys.ts';
import { backfillsOf, readBackfill, type Backfill } from './backfills.ts';
import { featuresOf, readFeature, type Feature } from './features.ts';
import { fileCountsOf, readFileCounts, type FileCounts } from './file-places.ts';
import { lagsOf, readLags, type Lag } from './lag.ts';
import { rows, type Store } from './meter.ts';
import { readSourceRow, sourcesOf, type ReadSource } from './sources.ts';

export interface Reading {
  sources: ReadSource[];
  /** One of each source at most. */
  backfills: Backfill[];
  features: Feature[];
  /** By id of the source. */
  lags: ReadonlyMap<string, Lag>;
  keys: ApiKey[];
  /** Of buckets with files that wait or are broken. */
  files: FileCounts[];
}

/** The statements whose results `readReading` reads. `now` is unix ms. */
export function readingOf(store: Store, now: number): D1PreparedStatement[] {
  return [
    sourcesOf(store),
    backfillsOf(store),
    featuresOf(store),
    lagsOf(store, Math.floor(now / 1000)),
    apiKeysOf(store),
    fileCountsOf(store),
  ];
}

/** What is read, and how that goes. */
export function readReading([sources, backfills, features, lags, keys, files]: readonly D1Result[]): Reading {
  return {
    sources: rows(sources, readSourceRow),
    backfills: rows(backfills, readBackfill),
    features: rows(features, readFeature),
    lags: readLags(rows(lags, (row) => row)),
    keys: rows(keys, readApiKey),
    files: rows(files, readFileCounts),
  };
}
