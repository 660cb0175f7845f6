/** GET /v1/purchases: what was bought, renewed, resized and given back, and by whom. */
import * as v from 'valibot';
import { PURCHASE_KINDS } from '../event/event.ts';
import { aboutAnswer, answerEntries } from './answers.ts';
import { count } from './coverage.ts';
import { eventId, eventSummary, operator, person, purchase, resource } from './event.ts';
import { accountId, recordText, time } from './parts.ts';

export const purchasesQuery = v.object(answerEntries);

const WHY = [
  'deal',
  'order',
  'tie',
  'parameterless',
  'role',
  'service',
  'bound',
  'conflict',
  'before-records',
  'scope',
] as const;

/** How sure it is who bought, and why. */
const verdictEntries = {
  status: v.pipe(
    v.picklist(['exact', 'approximate', 'unavailable']),
    v.description('How sure it is which human bought: `exact` only where records prove it.'),
  ),
  reason: v.exactOptional(
    v.pipe(
      v.picklist(WHY),
      v.description(
        '`deal`: the order carries the same deal. `order`: an order that fits came shortly before. `tie`: several orders fit equally; see `candidates`. `parameterless`: a call without parameters came shortly before the first event. `role`: a role did it, and no record proves which human. `service`: a service did it, and no order fits. `bound`: more happened around it than one answer looks at. `conflict`: records contradict each other. `before-records`: no record of it; they reach back to `since`. `scope`: others may have, whose events the caller may not see.',
      ),
    ),
  ),
  candidates: v.exactOptional(
    v.pipe(
      v.array(v.object({ operator, person: v.exactOptional(person), event: eventId, time })),
      v.description('At most 20.'),
    ),
  ),
};

const price = v.pipe(
  v.object({
    amount: v.pipe(v.string(), v.description('What was paid, decimal, in units of the currency.')),
    currency: v.pipe(recordText, v.description('ISO 4217.')),
    payer: v.exactOptional(v.pipe(recordText, v.description('The uin that paid.'))),
    status: v.literal('exact'),
  }),
  v.description(
    'What billing says it cost, found by its deals or else by what was bought and when. Absent where it is not known.',
  ),
);

/** How it stands with prices in an answer. */
export const pricesState = v.pipe(
  v.picklist(['not-permitted', 'pending', 'ok']),
  v.description(
    '`not-permitted`: the key of an account may not ask billing. `pending`: some of the last days are still being looked up. `ok`: a price that is absent is one that billing does not have. Absent where nobody looks prices up, as no key is set.',
  ),
);

/** Who bought a resource. */
export const purchaser = v.object({
  ...verdictEntries,
  operator: v.exactOptional(operator),
  person: v.exactOptional(person),
  time: v.exactOptional(v.pipe(time, v.description('When it was bought or ordered.'))),
  event: v.exactOptional(v.pipe(eventId, v.description('The event that tells who bought.'))),
  purchase: v.exactOptional(purchase),
  price: v.exactOptional(price),
  since: v.exactOptional(v.pipe(time, v.description('How far the records reach back.'))),
});
export type Purchaser = v.InferOutput<typeof purchaser>;

const delivery = v.pipe(
  v.object({
    status: v.picklist(['exact', 'approximate']),
    reason: v.pipe(
      v.picklist(['deal', 'order', 'parameterless', 'tie']),
      v.description(
        '`deal`: both carry the same deal. `order`: a service made what fits shortly after. `parameterless`: the record does not tell what was bought, and shortly after whoever called was the first to name something that fits. `tie`: several fit equally, or fit other orders too; see `candidates`.',
      ),
    ),
    event: v.exactOptional(v.pipe(eventId, v.description('The newest event that shows what came of it.'))),
    candidates: v.exactOptional(
      v.pipe(
        v.array(v.object({ event: eventId, resources: v.array(resource) })),
        v.description('With a `tie`, at most 20.'),
      ),
    ),
  }),
  v.description(
    'What came of an order; `resources` are from there. Absent where nothing is known to have, and where only callers who may see all operators’ events can know, or more happened around it than one answer looks at.',
  ),
);

const entry = v.object({
  event: eventSummary,
  ...purchase.entries,
  ...verdictEntries,
  buyer: v.pipe(
    v.object({ operator, person: v.exactOptional(person) }),
    v.description('Who ordered, where an order is known; else who made the call.'),
  ),
  order: v.exactOptional(v.pipe(eventId, v.description('The order that this was delivered for.'))),
  repeats: v.exactOptional(
    v.pipe(
      eventId,
      v.description(
        'The event that this one repeats: the same call with the same client token, which made the same things. They are one purchase.',
      ),
    ),
  ),
  delivery: v.exactOptional(delivery),
  price: v.exactOptional(price),
  resources: v.pipe(
    v.array(resource),
    v.description('What it is about; of an order what came of it. Empty where no record tells.'),
  ),
});
export type PurchaseEntry = v.InferOutput<typeof entry>;

const kinds = v.pipe(
  v.object(v.entriesFromList(PURCHASE_KINDS, v.exactOptional(count))),
  v.description(
    'How many events of each kind, a repeated one again; `release`, `refund` and `renew-flag` spend nothing.',
  ),
);

const counts = {
  kinds,
  services: v.exactOptional(
    v.pipe(
      kinds,
      v.description(
        'What services did on behalf of nobody that their records name. It stands beside `kinds`, never in it: what is delivered for an order is there once as the order, by whoever ordered, and once here.',
      ),
    ),
  ),
};

const totals = v.object({
  tz: v.pipe(v.string(), v.description('The IANA zone of the months.')),
  person: v.pipe(
    v.array(
      v.object({
        account: accountId,
        type: v.picklist(['person', 'role', 'service']),
        id: recordText,
        name: recordText,
        kinds,
        claims: v.exactOptional(
          v.pipe(
            v.array(v.object({ name: recordText, kinds })),
            v.description(
              'The names that callers most often chose for themselves as this role; they prove nothing.',
            ),
          ),
        ),
      }),
    ),
    v.description(
      'Who spends most first. A role stands for itself where no record proves which human it was, and a service for what it did on behalf of nobody that its records name: a delivery is not counted with its order.',
    ),
  ),
  month: v.pipe(
    v.array(v.object({ month: v.pipe(v.string(), v.regex(/^\d{4}-\d{2}$/)), ...counts })),
    v.description('Newest first.'),
  ),
  product: v.array(v.object({ product: recordText, ...counts })),
  partial: v.exactOptional(
    v.pipe(
      v.object({ through: time, reason: v.string() }),
      v.description('Only what is newer than `through` was counted.'),
    ),
  ),
});
export type PurchaseTotals = v.InferOutput<typeof totals>;

export const purchases = v.object({
  purchases: v.pipe(v.array(entry), v.description('Newest first.')),
  prices: v.exactOptional(pricesState),
  by: v.exactOptional(
    v.pipe(totals, v.description('With the first page: everything that the query finds, counted.')),
  ),
  ...aboutAnswer,
});
