/** What is kept of what went wrong at a target: its kind, a status, a code, and a short text. */
import type { Unreachable } from '../../access/reach.ts';
import { told, UNREACHED } from '../../access/told.ts';
import type { Failure as CloudFailure } from '../../tencent/failure.ts';
import type { Failure, FailureKind } from './target.ts';

const CODE = /^[\w.:-]{1,64}$/;

/** What it means for a delivery that its address is not called. */
export function refusalOf({ kind, reason }: Unreachable): Failure {
  return { kind: UNREACHED[kind], text: told(reason) };
}

/** What a failure of the cloud, or of a store that speaks S3, means for a delivery. What is no code is left out. */
export function fromCloud({ kind, status, code, message }: CloudFailure): Failure {
  const meant = status === 404 && kind === 'refused' ? 'gone' : KINDS[kind];
  return {
    kind: meant,
    ...(status === undefined ? {} : { status }),
    ...(CODE.test(code) ? { code } : {}),
    text: message,
  };
}

const KINDS: Readonly<Record<CloudFailure['kind'], FailureKind>> = {
  key: 'forbidden',
  permission: 'forbidden',
  // Ours or theirs, it will be set right, and the delivery is sent again until then.
  clock: 'server',
  limit: 'busy',
  server: 'server',
  unreachable: 'unreachable',
  refused: 'refused',
  unreadable: 'server',
};
