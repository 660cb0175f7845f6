/** A column that names a source. */
import * as v from 'valibot';
import { source } from '../../shared/api/parts.ts';
import type { Source } from '../../shared/event/event.ts';
import type { Row } from './meter.ts';

/** The source that a row names in its column `source`. */
export function readSource(row: Row): Source {
  return v.parse(source, row['source']);
}
