/** The options page without its looks: what it shows, and what can be done there. */
import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { readAddress } from '../../protocol/address.ts';
import type { Facts, Outcome, Problem, Saved } from '../../protocol/connection.ts';
import type { CacheSize } from '../../protocol/messages.ts';
import { DEFAULT_PREFERENCES, type Preferences } from '../../protocol/preferences.ts';
import { isToken } from '../../protocol/token.ts';
import type { Backend } from './backend.ts';

/** How things stand with the Worker. */
export type Standing =
  | { kind: 'loading' }
  | { kind: 'signed-out' }
  | { kind: 'checking'; saved: Saved }
  | { kind: 'connected'; saved: Saved; facts: Facts }
  /** A connection is kept, but it does not work now. */
  | { kind: 'failing'; saved: Saved; problem: Problem };

/** What is being entered. */
export interface Form {
  address: Signal<string>;
  token: Signal<string>;
  problem: ReadonlySignal<Problem | undefined>;
  /** True from the click until the Worker, or the user, has answered. */
  busy: ReadonlySignal<boolean>;
}

export interface Options {
  standing: ReadonlySignal<Standing>;
  form: Form;
  /** True while another token is being entered for a connection that is kept. */
  replacing: ReadonlySignal<boolean>;
  /** True from signing out until something is connected again. */
  left: ReadonlySignal<boolean>;
  /** What is kept in this browser; undefined until it is known, null where it is nothing. */
  cache: ReadonlySignal<CacheSize | null | undefined>;
  preferences: ReadonlySignal<Preferences>;
  /** Reads what is kept and asks the Worker. */
  load: () => Promise<void>;
  /** Asks the Worker again; the user too, in the click that this is called in, where the permission is gone. */
  check: () => Promise<void>;
  /** To be called in the click itself: it asks for a permission. */
  connect: () => Promise<void>;
  startReplacing: () => void;
  stopReplacing: () => void;
  signOut: () => Promise<void>;
  setPreferences: (change: Partial<Preferences>) => Promise<void>;
}

const FAILED: Problem = { kind: 'extension-failed' };

/** The model of one page. */
export function createOptions(backend: Backend): Options {
  const standing = signal<Standing>({ kind: 'loading' });
  const preferences = signal(DEFAULT_PREFERENCES);
  const cache = signal<CacheSize | null | undefined>(undefined);
  const replacing = signal(false);
  const left = signal(false);
  const address = signal('');
  const token = signal('');
  const problem = signal<Problem | undefined>(undefined);
  const busy = signal(false);

  const clearForm = (saved?: Saved): void => {
    address.value = saved?.origin ?? '';
    token.value = '';
    problem.value = undefined;
  };

  const show = (outcome: Outcome, saved: Saved): void => {
    standing.value =
      outcome.kind === 'problem' ? { kind: 'failing', saved, problem: outcome.problem } : outcome;
    if (outcome.kind === 'connected') void readCache();
  };

  const readCache = async (): Promise<void> => {
    const { value } = standing;
    cache.value = undefined;
    const size = await backend.cache().catch(() => null);
    // Of whoever is connected by then it is told anew.
    if (standing.value === value) cache.value = size;
  };

  const check = async (): Promise<void> => {
    const saved = savedOf(standing.value);
    if (!saved) return;
    if (lacksPermission(standing.value)) await allowAgain(saved);
    const checking: Standing = { kind: 'checking', saved };
    standing.value = checking;
    const outcome = await backend.check().catch(failed);
    // Whoever signed out in the meantime stays so.
    if (standing.value === checking) show(outcome, saved);
  };

  // A refusal needs no answer here: the check that follows tells it.
  const allowAgain = async ({ origin }: Saved): Promise<void> => {
    const read = readAddress(origin);
    if (read.kind === 'address') await backend.allow(read.address.pattern).catch(() => false);
  };

  return {
    standing,
    form: { address, token, problem, busy },
    replacing,
    left,
    cache,
    preferences,
    check,

    async load() {
      const [kept, saved] = await Promise.all([
        backend.preferences().catch(() => DEFAULT_PREFERENCES),
        backend.saved().catch(() => {
          problem.value = FAILED;
          return null;
        }),
      ]);
      preferences.value = kept;
      standing.value = saved ? { kind: 'checking', saved } : { kind: 'signed-out' };
      await check();
    },

    async connect() {
      if (busy.value) return;
      const entered = readForm(address.value, token.value);
      if (entered.kind === 'problem') {
        problem.value = entered.problem;
        return;
      }
      problem.value = undefined;
      busy.value = true;
      // Nothing is awaited before this: the browser asks the user only in answer to a click.
      const outcome = await backend
        .allow(entered.pattern)
        .then((allowed): Outcome | Promise<Outcome> =>
          allowed
            ? backend.connect({ address: entered.origin, token: entered.token })
            : { kind: 'problem', problem: { kind: 'permission' } },
        )
        .catch(failed);
      busy.value = false;
      if (outcome.kind === 'problem') {
        problem.value = outcome.problem;
        return;
      }
      clearForm();
      replacing.value = false;
      left.value = false;
      standing.value = outcome;
      void readCache();
    },

    startReplacing() {
      clearForm(savedOf(standing.value));
      replacing.value = true;
    },

    stopReplacing() {
      clearForm();
      replacing.value = false;
    },

    async signOut() {
      const saved = savedOf(standing.value);
      try {
        await backend.signOut();
      } catch {
        if (saved) show(failed(), saved);
        return;
      }
      clearForm(saved);
      replacing.value = false;
      left.value = true;
      standing.value = { kind: 'signed-out' };
    },

    async setPreferences(change) {
      preferences.value = { ...preferences.value, ...change };
      await backend.setPreferences(preferences.value);
    },
  };
}

function failed(): Outcome & { kind: 'problem' } {
  return { kind: 'problem', problem: FAILED };
}

function lacksPermission(standing: Standing): boolean {
  return standing.kind === 'failing' && standing.problem.kind === 'permission';
}

function savedOf(standing: Standing): Saved | undefined {
  return 'saved' in standing ? standing.saved : undefined;
}

type Entered =
  | { kind: 'entered'; origin: string; pattern: string; token: string }
  | { kind: 'problem'; problem: Problem };

function readForm(address: string, typedToken: string): Entered {
  const token = typedToken.trim();
  const read = readAddress(address);
  if (address.trim() === '') return { kind: 'problem', problem: { kind: 'no-address' } };
  if (read.kind !== 'address') return { kind: 'problem', problem: { kind: read.kind } };
  if (token === '') return { kind: 'problem', problem: { kind: 'no-token' } };
  if (!isToken(token)) return { kind: 'problem', problem: { kind: 'not-a-token' } };
  return { kind: 'entered', ...read.address, token };
}
