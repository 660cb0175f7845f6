/** /v1/networks: the parts of the internet that are inside. */
import * as v from 'valibot';
import { readCidr } from '../classify/cidr.ts';
import { progress } from './classification.ts';
import { name, slug, time } from './parts.ts';

/** CIDRs of one network. */
const MAX_CIDRS = 200;

/** Networks, and the CIDRs of all of them: every request that stores events reads them. */
export const MAX_NETWORKS = 200;
export const MAX_ALL_CIDRS = 5000;

const cidr = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const read = readCidr(dataset.value);
    if (read.ok) return read.cidr;
    addIssue({ message: read.message });
    return NEVER;
  }),
  v.metadata({ examples: ['203.0.113.0/24', '2001:db8::/32'] }),
);

const moment = v.pipe(
  time,
  v.transform((text) => new Date(text).toISOString()),
);

export const network = v.object({
  id: v.string(),
  name,
  cidrs: v.pipe(v.array(v.string()), v.description('IPv4 and IPv6, in the one way to write each.')),
  from: v.exactOptional(v.pipe(time, v.description('It counts for events from then on.'))),
  to: v.exactOptional(v.pipe(time, v.description('It counts for events before then.'))),
});
export type Network = v.InferOutput<typeof network>;

export const networks = v.object({ networks: v.array(network), progress });

const cidrs = v.pipe(
  v.array(cidr),
  v.minLength(1, 'at least one CIDR'),
  v.maxLength(MAX_CIDRS, `at most ${MAX_CIDRS} CIDRs; make two networks`),
  v.transform((all) => [...new Set(all)]),
  v.description('Addresses or CIDRs, IPv4 or IPv6.'),
);

export const newNetwork = v.strictObject({
  id: v.optional(slug),
  name,
  cidrs,
  from: v.exactOptional(moment),
  to: v.exactOptional(moment),
});

export const networkChange = v.partial(
  v.strictObject({
    name,
    cidrs,
    from: v.pipe(v.nullable(moment), v.description('null: from ever.')),
    to: v.pipe(v.nullable(moment), v.description('null: for ever.')),
  }),
);
export type NetworkChange = v.InferOutput<typeof networkChange>;
