import { accessResources } from './access.ts';
import { type Address, valuesOf } from './address.ts';
import { isBucket, isFunctionName, isUuid, type PageResource, readId, readKnown } from './resource.ts';

/** What a URL names: what the page is about, and what else stands in the URL. */
export interface Found {
  subjects: PageResource[];
  mentioned: PageResource[];
}

const SUBJECT_KEYS = new Set(['id', 'clusterid', 'bucket', 'bucketname', 'topicid', 'logsetid']);
/** Values of these keys are names and folders, whatever they look like. */
const FREE_TEXT = /name$|^(?:np|ns|path|resourceins)$/;

/** Gives the resources that a page's URL names; `isDetail` where its path says that it is about one. */
export function findResources(address: Address, isDetail: boolean): Found {
  const subjects = findSubjects(address, isDetail);
  const mentioned = findMentioned(address);
  // Keys differ between products: the only id on a page about one resource is its own.
  const isOwn = isDetail && subjects.length === 0 && mentioned.length === 1;
  return isOwn ? { subjects: mentioned, mentioned: [] } : { subjects, mentioned };
}

function findSubjects(address: Address, isDetail: boolean): PageResource[] {
  if (address.route[0] === 'cam') return accessResources(address);
  if (address.route[0] === 'scf') return isDetail ? findFunctions(address) : [];
  const values = (...keys: string[]): string[] => valuesOf(address.parameters, ...keys);
  return [
    ...values('id', 'clusterid').map((value) => readId(value, isDetail)),
    ...values('bucket', 'bucketname').map((id) => (isBucket(id) ? { type: 'bucket', id } : undefined)),
    ...values('topicid').map((id) => (isUuid(id) ? { type: 'topic', id } : undefined)),
    ...values('logsetid').map((id) => (isUuid(id) ? { type: 'logset', id } : undefined)),
    ...address.segments.map((segment) => readKnown(segment, isDetail)),
  ].filter((resource) => resource !== undefined);
}

function findFunctions({ parameters }: Address): PageResource[] {
  const namespace = valuesOf(parameters, 'ns').find((value) => isFunctionName(value));
  return valuesOf(parameters, 'id')
    .filter((value) => isFunctionName(value))
    .map((id) => ({ type: 'function', id, ...(namespace !== undefined && { namespace }) }));
}

function findMentioned({ parameters }: Address): PageResource[] {
  return parameters
    .filter(({ key }) => !SUBJECT_KEYS.has(key) && !FREE_TEXT.test(key))
    .map(({ key, value }) => readKnown(value, key.endsWith('id')))
    .filter((resource) => resource !== undefined);
}
