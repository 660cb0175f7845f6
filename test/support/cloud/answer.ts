/** What an action answers: the fields of `Response` but the request id, or an error. */
export type Answer = Done | Refusal;

export interface Done {
  ok: true;
  response: Readonly<Record<string, unknown>>;
  /** How many records or list items are in it. */
  items: number;
}

export interface Refusal {
  ok: false;
  code: string;
  message: string;
}

/** The answer of an action that did what it was asked. */
export function done(response: Readonly<Record<string, unknown>>, items = 0): Done {
  return { ok: true, response, items };
}

/** An error as the vendor gives it. */
export function refuse(code: string, message: string): Refusal {
  return { ok: false, code, message };
}

/** What too many requests in a second get. */
export function overRate(): Refusal {
  const message = 'Your current request times exceeds the limit. Please try again later.';
  return refuse('RequestLimitExceeded', message);
}
