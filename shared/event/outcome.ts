import { line, prose } from './clean.ts';
import type { EventError, Json, Outcome } from './event.ts';
import { readObject, type JsonObject } from './json.ts';

const NO_ERROR = new Set(['', '0']);
/** Texts that `errorMessage` carries when nothing went wrong. */
const NO_MESSAGE = new Set(['ok', 'permission verify']);
/** Families of service codes that mean "you may not", as first part or as detail of a code. */
const DENIAL =
  /^(?:UnauthorizedOperation|AuthFailure|AccessDenied|Unauthorized|Forbidden|NoPermission|PermissionDenied)|\.(?:UnauthorizedOperation|CamNoAuth|NoPermission|PermissionDenied|AccessDenied|CamAuth)/i;

/**
 * Gives how an operation went. `response` is the record's response, read; a failure may stand in it alone.
 * `denied` means that authentication or authorisation refused, at the gateway or in the service.
 */
export function readOutcome(record: JsonObject, response: Json): { outcome: Outcome; error?: EventError } {
  const cam = errorCode(record['errorCode']);
  const failure = readFailure(response);
  const service = errorCode(record['apiErrorCode']) || failure.code;
  if (cam === '' && service === '') return { outcome: 'ok' };

  const said = message(record['apiErrorMessage']) || failure.message;
  if (cam === '' && !DENIAL.test(service)) {
    return { outcome: 'failed', error: { layer: 'api', code: service, message: said } };
  }
  // A number in the service's field says less than the gateway's own.
  const code = service === '' || (cam !== '' && /^-?\d+$/.test(service)) ? cam : service;
  const denial = message(record['errorMessage']);
  return {
    outcome: 'denied',
    error: { layer: 'cam', code, message: cam === '' ? said || denial : denial || said },
  };
}

function readFailure(response: Json): { code: string; message: string } {
  const body = readObject(response);
  const error = readObject(readObject(body['Response'] ?? body)['Error']);
  return { code: errorCode(error['Code']), message: message(error['Message']) };
}

function errorCode(value: Json | undefined): string {
  const code = line(value);
  return NO_ERROR.has(code) ? '' : code;
}

function message(value: Json | undefined): string {
  const said = prose(value);
  return NO_MESSAGE.has(said.toLowerCase()) ? '' : said;
}
