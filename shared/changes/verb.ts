import { singular } from './words.ts';

/** What an action does to what it is about. */
export interface Verb {
  kind: 'create' | 'add' | 'remove' | 'state' | 'delete' | 'renew' | 'act' | 'set';
  /** What follows the verb: `KeyRotation` of `EnableKeyRotation`. */
  noun: string;
  /** What actions share that undo each other: attaching and detaching, putting and deleting; '' for others. */
  tie: string;
  /** What it leaves behind, for a state: `stopped`; '' for others. */
  state: string;
}

const STATES: { readonly [verb: string]: string } = {
  Start: 'started',
  Startup: 'started',
  Stop: 'stopped',
  Enable: 'enabled',
  Disable: 'disabled',
  Open: 'open',
  Close: 'closed',
  Delete: 'deleted',
  Destroy: 'destroyed',
  Isolate: 'isolated',
  Purge: 'purged',
  Release: 'released',
  Terminate: 'terminated',
};

const KINDS: readonly (readonly [Verb['kind'], RegExp])[] = [
  ['create', /^(?:Create|Run|Allocate|Clone|Copy|Import|Purchase|Buy)(?=[A-Z])/],
  ['add', /^(?:Batch|Eip|HaVip)?(?:Add|Assign|Associate|Attach|Bind|Register|Tag)(?=[A-Z])/],
  [
    'remove',
    /^(?:Batch|Eip|HaVip)?(?:Deregister|Detach|Disassociate|Remove|Unassign|Un[Bb]ind|Un[Tt]ag)(?=[A-Z])/,
  ],
  ['state', /^(?:Startup|Start|Stop|Enable|Disable|Open|Close)(?=[A-Z])/],
  ['delete', /^(?:Delete|Destroy|Isolate|Purge|Release|Terminate)(?=[A-Z])/],
  ['renew', /^Renew(?=[A-Z])/],
  ['act', /^(?:Apply|Execute|Inquiry|Invoke|Kill|Reboot|Restart|RunCommand)/],
];

/** Reads the name of an action; one that begins with no known verb sets what its request says. */
export function verbOf(event: string): Verb {
  const [kind, pattern] = KINDS.findLast(([, known]) => known.test(event)) ?? ['set', /^[A-Z][a-z]+/];
  const verb = pattern.exec(event)?.[0] ?? '';
  const noun = event.slice(verb.length);
  return { kind, noun, tie: tieOf(kind, verb, noun), state: STATES[verb] ?? '' };
}

function tieOf(kind: Verb['kind'], verb: string, noun: string): string {
  // AddUserToGroup, RemoveUserFromGroup
  const word = singular(noun.replace(/(?:To|From|With)(?=[A-Z])/, ''));
  if (kind === 'add' || kind === 'remove') return `tied ${word}`;
  return kind === 'delete' || verb === 'Put' || verb === 'Set' ? `put ${word}` : '';
}

/** Actions after which little of what was set before need be left. */
const RESETS = /^(?:ResetInstance|InitDBInstances|RollbackCluster\w+)$/;

/** Whether an action puts many settings back at once, without saying which. */
export function resetsAll(event: string): boolean {
  return RESETS.test(event);
}
