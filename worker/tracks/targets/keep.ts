/** How a target is stored: what may be shown, and beside it what is secret, sealed for its row. */
import * as v from 'valibot';
import { givenTarget, type OpenTarget, type Target } from '../../../shared/api/targets.ts';
import { open, seal } from '../../access/sealed.ts';
import type { RootSecrets } from '../../access/secrets.ts';

export interface KeptTarget {
  target: Target;
  /** Absent where the target has no secret. */
  sealed?: string;
}

/** A given target in its two parts. `id` is that of the row which keeps it. */
export async function keepTarget(secrets: RootSecrets, id: string, given: OpenTarget): Promise<KeptTarget> {
  const { target, secret } = split(given);
  if (secret === undefined) return { target };
  return { target, sealed: await seal(secrets, { label: 'credential', id }, JSON.stringify(secret)) };
}

/** The target as it was given; undefined where its secret does not open, as after the root secret was replaced. */
export async function openTarget(
  secrets: RootSecrets,
  id: string,
  { target, sealed }: KeptTarget,
): Promise<OpenTarget | undefined> {
  const text = sealed === undefined ? '{}' : await open(secrets, { label: 'credential', id }, sealed);
  if (text === undefined) return undefined;
  const parsed = v.safeParse(givenTarget, { ...target, ...JSON.parse(text) });
  return parsed.success ? parsed.output : undefined;
}

function split(given: OpenTarget): { target: Target; secret?: object } {
  switch (given.type) {
    case 'r2':
      return { target: given };
    case 'webhook': {
      const { secret, url } = given;
      // What stands in a query is often the right to call.
      return { target: { type: 'webhook', url: url.replace(/\?.*$/s, '?…') }, secret: { secret, url } };
    }
    case 'cos':
    case 's3':
    case 'cls': {
      const { credential, ...target } = given;
      return { target, secret: { credential } };
    }
  }
}
