import type * as v from 'valibot';
import type { models, ModelName } from '../../../shared/api/models.ts';

/** An instance of a named shape, as it is written in JSON. */
export type Example<M extends ModelName> = v.InferInput<(typeof models)[M]>;

/** Instances of some of the shapes, by their names. */
export type Examples = { readonly [M in ModelName]?: Example<M> };
