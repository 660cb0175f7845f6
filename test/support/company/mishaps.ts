import type { Action } from './actions.ts';
import { OK, type Outcome, type Target } from './call.ts';
import { ACCOUNT } from './people.ts';
import type { Random } from './rng.ts';

/** What goes wrong: errors of the services, and permissions that are missing. */

const READ_ERRORS: readonly (readonly [string, string])[] = [
  ['ResourceNotFound', 'The requested resource does not exist.'],
  ['InvalidParameterValue', 'The value of a parameter is invalid: Limit must not be over 100.'],
  ['RequestLimitExceeded', 'Your current request times equals to the limit of 20 per second.'],
  ['InternalError', 'An internal error has occurred. Please retry.'],
  ['InvalidParameter', '参数错误：时间范围超过限制'],
];
const WRITE_ERRORS: readonly (readonly [string, string])[] = [
  ['ResourceInsufficient', 'The resource is sold out in the zone.'],
  ['UnsupportedOperation', 'The operation is not supported in the present state of the resource.'],
  ['InvalidParameterValue', 'The value of a parameter is invalid.'],
  ['LimitExceeded', 'The quota of the account is used up.'],
  ['FailedOperation', '操作失败，请稍后重试'],
  ['ResourceUnavailable', 'The resource is locked by another task.'],
  ['InvalidInstance.NotSupported', 'The instance does not support the operation.'],
];

const SERVICE_ERROR_CHANCE = 0.082;

/** How a call that is allowed ends: mostly well. */
export function usualOutcome(random: Random, action: Action): Outcome {
  return random.chance(SERVICE_ERROR_CHANCE) ? serviceError(random, action) : OK;
}

/** One of the service's errors. */
function serviceError(random: Random, action: Action): Outcome {
  const [code, message] = random.pick(action.write ? WRITE_ERRORS : READ_ERRORS);
  return { kind: 'failed', code, message };
}

/** What CAM says when the permission for `action` on `target` is missing. */
export function denial(action: Action, target?: Target): Outcome {
  // Calls on disks are checked as calls of the server product.
  const checked = action.product === 'cbs' ? 'cvm' : action.product;
  const resource = target
    ? `qcs::${checked}:${target.region}:uin/${ACCOUNT}:${target.type || 'bucket'}/${target.id}`
    : '*';
  return { kind: 'denied', permission: `${checked}:${action.event}`, resource };
}
