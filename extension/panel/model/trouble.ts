/** What is wrong between the panel and its Worker, as far as the reader can do something about it. */
import type { Problem } from '../../protocol/connection.ts';

export type Trouble = 'offline' | 'notSignedIn' | 'notAllowed' | 'workerFailed' | 'notConnected';

const TROUBLES: Readonly<Record<Problem['kind'], Trouble>> = {
  unreachable: 'offline',
  'no-token': 'notSignedIn',
  'not-a-token': 'notSignedIn',
  'token-refused': 'notSignedIn',
  'ingest-token': 'notSignedIn',
  permission: 'notAllowed',
  'worker-failed': 'workerFailed',
  'not-configured': 'workerFailed',
  'no-address': 'notConnected',
  'not-an-address': 'notConnected',
  insecure: 'notConnected',
  foreign: 'notConnected',
  'extension-failed': 'notConnected',
};

/** The kind of a problem, in the words of the bar. */
export function troubleOf({ kind }: Problem): Trouble {
  return TROUBLES[kind];
}

/** What is likelier to mend a problem: to ask again, or to change what the options page has. */
export function remedyOf(problem: Problem): 'again' | 'options' {
  const trouble = troubleOf(problem);
  return trouble === 'offline' || trouble === 'workerFailed' ? 'again' : 'options';
}
