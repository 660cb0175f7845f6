/** GET /v1/events/export: everything that a query finds, as one stream. */
import type { IRequest } from 'itty-router';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { exportQuery, type ExportFormat } from '../../shared/api/lists.ts';
import type { EventSummary } from '../../shared/event/event.ts';
import { sealCursor } from '../access/cursor.ts';
import { openStore } from '../store/meter.ts';
import { readPage } from '../store/read.ts';
import type { ByMember } from './context.ts';
import { CSV_HEAD, csvRow } from './csv.ts';
import { readList, type List } from './list.ts';
import { parameters } from './params.ts';

interface Format {
  type: string;
  head: string;
  row: (event: EventSummary) => string;
  /** The last line, without which a file was cut. */
  trailer: (trailer: Trailer) => string;
}

interface Trailer {
  count: number;
  /** Hex, of every byte before the trailer. */
  sha256: string;
  /** Cursor to go on with where one answer does not hold everything; else null. */
  next: string | null;
}

const FORMATS: Readonly<Record<ExportFormat, Format>> = {
  ndjson: {
    type: 'application/x-ndjson',
    head: '',
    row: (event) => `${JSON.stringify(event)}\n`,
    trailer: (trailer) => `${JSON.stringify({ trailer })}\n`,
  },
  csv: {
    type: 'text/csv; charset=utf-8',
    head: CSV_HEAD,
    row: csvRow,
    trailer: ({ count, sha256: hash, next }) => `# ${count} ${hash} ${next ?? '-'}\r\n`,
  },
};

/** Events that are read at once. */
const PAGE = 1000;

/** Round trips of one answer, about: a Worker may ask its database a bounded number of times. */
const MAX_TRIPS = 200;

export async function getExport(request: IRequest, context: ByMember): Promise<Response> {
  const asked = parameters(request, exportQuery);
  if (!asked.ok) return asked.response;
  const list = await readList(asked.value, context);
  if (!list.ok) return list.response;
  const name = asked.value.format;
  const format = FORMATS[name];
  const body = streamOf(lines(format, list.value, context));
  return new Response(body, {
    headers: {
      'content-type': format.type,
      'content-disposition': `attachment; filename="sidetrail-events.${name}"`,
    },
  });
}

/** What fails on the way breaks the stream off: without its trailer a file shows that it was cut. */
async function* lines(
  format: Format,
  list: List,
  { env, caller, secrets }: ByMember,
): AsyncGenerator<string> {
  const hash = sha256.create();
  let count = 0;
  let before = list.cursor?.before;
  const sent = (text: string): string => {
    hash.update(utf8ToBytes(text));
    return text;
  };
  if (format.head !== '') yield sent(format.head);
  for (let trips = 0; trips < MAX_TRIPS;) {
    // A store of its own for each page: each has the budget of one.
    const store = openStore(env.DB);
    const page = await readPage(store, {
      query: list.query,
      scope: caller.scope,
      limit: PAGE,
      ...(before === undefined ? {} : { before }),
    });
    count += page.events.length;
    if (page.events.length > 0) yield sent(page.events.map(format.row).join(''));
    before = page.next;
    if (before === undefined) break;
    trips += store.cost.trips;
  }
  const next =
    before === undefined
      ? null
      : await sealCursor(secrets, { kind: 'events', before, now: list.now, list: list.hash });
  yield format.trailer({ count, sha256: bytesToHex(hash.digest()), next });
}

/** The texts as they are asked for: nothing is read ahead of what the client has taken. */
function streamOf(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await texts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      await texts.return(undefined);
    },
  });
}
