import { CALL_SAMPLES } from './calls.ts';
import { OPERATOR_SAMPLES } from './operators.ts';
import type { Sample } from './sample.ts';

/** Every sample there is. */
export const SAMPLES: Sample[] = [...OPERATOR_SAMPLES, ...CALL_SAMPLES];
