/** How far the stored events were looked at with the present rules, networks and catalogues. */
import * as v from 'valibot';
import { count } from './coverage.ts';
import { time } from './parts.ts';

export const progress = v.pipe(
  v.object({
    version: v.pipe(
      v.number(),
      v.integer(),
      v.description('Raised by every change of what events are classified by.'),
    ),
    state: v.pipe(
      v.picklist(['done', 'running']),
      v.description('`done`: every event is as this version says, whichever version its `classified` names.'),
    ),
    done: v.exactOptional(v.pipe(count, v.description('Events looked at so far; for who sees every event.'))),
    of: v.exactOptional(v.pipe(count, v.description('Events there are; for who sees every event.'))),
    through: v.pipe(
      v.nullable(time),
      v.description('While running: all from this time on were looked at; null where none was yet.'),
    ),
  }),
  v.description('Stored events are looked at anew, newest first, when rules, networks or catalogues change.'),
);
export type Progress = v.InferOutput<typeof progress>;
