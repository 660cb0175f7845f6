/** Whose events the team view can show. */
import type { Me } from '../../protocol/connection.ts';
import type { OperatorRef } from '../../protocol/panel.ts';

export interface TeamChoice {
  id: string;
  /** Null for everybody. */
  name: string | null;
  operators: OperatorRef[] | null;
}

const EVERYBODY: TeamChoice = { id: '*', name: null, operators: null };

/** The teams that a member leads, and everybody for who sees all. */
export function teamsOf({ teams, scope }: Me): TeamChoice[] {
  return scope.operators === '*' ? [...teams, EVERYBODY] : teams;
}
