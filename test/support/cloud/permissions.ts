import { refuse, type Refusal } from './answer.ts';
import type { CloudKey } from './types.ts';

/** Whether a key may do an action, named as CAM names it. */
export function isAllowed({ permissions = ['*'] }: CloudKey, action: string): boolean {
  const [service = ''] = action.split(':');
  return [action, `${service}:*`, '*'].some((allowed) => permissions.includes(allowed));
}

/** The refusal of an action that the key has no permission for, in the vendor's words. */
export function checkPermission(key: CloudKey, action: string, requestId: string): Refusal | undefined {
  if (isAllowed(key, action)) return undefined;
  return refuse(
    'UnauthorizedOperation',
    `[request id:${requestId}]you are not authorized to perform operation (${action})\nresource (*) has no permission\n`,
  );
}
