/** CloudAudit's events, page by page. */

import type { Json } from '../../shared/event/event.ts';
import { isList, text } from '../../shared/event/json.ts';
import { callApi, type ApiClient } from './call.ts';
import type { Failed } from './failure.ts';

/** Most that a page holds; without it the vendor picks a number of its own. */
const PAGE = 50;

export interface EventsAsked {
  region: string;
  /** Unix seconds, both included as far as is known; less than 30 days apart, not over 90 days ago. */
  startTime: number;
  endTime: number;
  /** That of the page before, as it was given. */
  nextToken?: string;
  /** Different keys narrow down; several values of a key are one entry each. */
  attributes?: readonly { key: string; value: string }[];
}

export interface EventsPage {
  ok: true;
  /** The items as the API gives them: what `parseRecord` reads. */
  records: Json[];
  /** True on the last page. Else there is a `nextToken`. */
  listOver: boolean;
  /** Digits past 2^53, hence text. The last page may have one too. */
  nextToken?: string;
}

/** Reads one page (up to 50) of a window. Neither the order of pages nor that of records is promised. */
export async function describeEvents(
  client: ApiClient,
  asked: EventsAsked,
  now: number,
): Promise<EventsPage | Failed> {
  const answer = await callApi(
    client,
    {
      service: 'cloudaudit',
      version: '2019-03-19',
      action: 'DescribeEvents',
      region: asked.region,
      payload: payloadOf(asked),
    },
    now,
  );
  if (!answer.ok) return answer;
  const { response, requestId } = answer;
  const events = response['Events'] ?? [];
  const nextToken = text(response['NextToken']);
  const listOver = isTrue(response['ListOver']);
  // To take these for an end would call a stretch complete that was not read.
  const wrong = !isList(events)
    ? 'Events is no list'
    : !listOver && nextToken === ''
      ? 'more pages are announced without a NextToken'
      : !listOver && nextToken === asked.nextToken
        ? 'the NextToken is the one that was sent'
        : undefined;
  if (!isList(events) || wrong !== undefined) {
    const message = wrong ?? '';
    return { ok: false, failure: { kind: 'unreadable', code: 'BadPage', message, requestId } };
  }
  return { ok: true, records: events, listOver, ...(nextToken !== '' && { nextToken }) };
}

function payloadOf({ startTime, endTime, nextToken, attributes = [] }: EventsAsked): string {
  const parameters = {
    StartTime: startTime,
    EndTime: endTime,
    MaxResults: PAGE,
    // Asks for the place that an address is in.
    IsReturnLocation: 1,
    ...(attributes.length > 0 && {
      LookupAttributes: attributes.map(({ key, value }) => ({ AttributeKey: key, AttributeValue: value })),
    }),
    ...(nextToken !== undefined && { NextToken: literal(nextToken) }),
  };
  return JSON.stringify(parameters);
}

/** The token as it was given: an integer of any size stays one, anything else is text. */
function literal(token: string): object | string {
  return /^(0|[1-9]\d*)$/.test(token) ? JSON.rawJSON(token) : token;
}

function isTrue(value: Json | undefined): boolean {
  return ['true', '1'].includes(text(value).toLowerCase());
}
