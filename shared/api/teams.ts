/** /v1/teams: sets of operators that somebody leads. */
import * as v from 'valibot';
import { givenOperators, name, operatorRefs, slug } from './parts.ts';

const leads = v.pipe(v.array(v.string()), v.maxLength(100), v.description('Ids of members.'));

export const team = v.object({ id: v.string(), name, operators: operatorRefs, leads });
export type Team = v.InferOutput<typeof team>;

export const teams = v.object({ teams: v.array(team) });

export const newTeam = v.strictObject({
  id: v.optional(slug),
  name,
  operators: v.optional(givenOperators, []),
  leads: v.optional(leads, []),
});

export const teamChange = v.partial(v.strictObject({ name, operators: givenOperators, leads }));
