import { refuse, type Refusal } from './answer.ts';
import { isSignedWith, readAuthorization, type SignedRequest } from './tc3.ts';
import type { CloudKey } from './types.ts';

/** A timestamp may differ from the cloud's time by this much, s. */
const SKEW = 300;

/** The key that a request was signed with, or the vendor's refusal. `now` in unix ms; `service` is who is asked. */
export function authenticate(
  request: SignedRequest,
  { keys, service, now }: { keys: ReadonlyMap<string, CloudKey>; service: string; now: number },
): { ok: true; key: CloudKey } | Refusal {
  const given = readAuthorization(request.headers['authorization'] ?? '');
  if (!given) return failure('InvalidAuthorization', 'The `Authorization` in the HTTP header is not valid.');
  // The vendor's SDK takes the service from the first label of whatever endpoint it was given.
  if (given.service !== service && given.service !== request.host.split('.')[0]) {
    return failure(
      'InvalidAuthorization',
      'The service of the credential scope is not the one that is called.',
    );
  }
  if (Math.abs(now / 1000 - request.timestamp) > SKEW) {
    return failure(
      'SignatureExpire',
      `The signature is expired: the server's time is ${Math.floor(now / 1000)}.`,
    );
  }
  const key = keys.get(given.secretId);
  if (!key)
    return failure(
      'SecretIdNotFound',
      'The SecretId is not found, please ensure that your SecretId is correct.',
    );
  const token = request.headers['x-tc-token'] || undefined;
  if (token !== key.token || (key.expires !== undefined && now >= key.expires)) {
    return failure(
      'TokenFailure',
      'The provided credentials could not be validated because of an invalid token.',
    );
  }
  return isSignedWith(key.secretKey, request, given)
    ? { ok: true, key }
    : failure(
        'SignatureFailure',
        'The provided credentials could not be validated. Please check your signature is correct.',
      );
}

function failure(kind: string, message: string): Refusal {
  return refuse(`AuthFailure.${kind}`, message);
}
