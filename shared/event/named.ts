import { line } from './clean.ts';
import type { Json, Resource } from './event.ts';
import { readList, readObject, text } from './json.ts';
import { expandRegion } from './regions.ts';

/** A bucket carries the application id at its end, and its objects are not told apart here. */
const BUCKET = /-\d{10}$/;
/** `qcs:project:service:region:account:resource` */
const QCS_RESOURCE = 5;
const QCS_REGION = 3;

/** Gives the parts of a record's `resourceName` as written: `instance/ins-a|instance/ins-b` has two. */
export function nameParts(resourceName: Json | undefined): string[] {
  return text(resourceName).split('|');
}

/** Gives a part of `resourceName` without its `type/`. */
export function stripType(part: string): string {
  return part.slice(part.indexOf('/') + 1);
}

/** Gives the resources of a record's `resourceName`. */
export function fromName(resourceName: Json | undefined): Resource[] {
  return nameParts(resourceName).flatMap((part) => fromPart(part));
}

/** Gives the resources of a record's `resourceSet`. */
export function fromSet(resourceSet: Json | undefined): Resource[] {
  return readList(resourceSet).flatMap((entry) => {
    const { resourceId, resourceTypeClass, resourceRegion } = readObject(entry);
    const type = line(resourceTypeClass).split('::')[2]?.toLowerCase();
    return fromPart(line(resourceId), expandRegion(line(resourceRegion)), type);
  });
}

/** Gives the resources of a record's `resources`: a list of QCS descriptions, some with escaped slashes. */
export function fromDescriptions(resources: Json | undefined): Resource[] {
  return readList(resources).flatMap((description) => {
    const parts = text(description).replaceAll('\\/', '/').split(':');
    if (parts[0] !== 'qcs' || parts.length <= QCS_RESOURCE) return [];
    return fromPart(parts.slice(QCS_RESOURCE).join(':'), expandRegion(line(parts[QCS_REGION])));
  });
}

/** `*` and `instance/*` mean no resource in particular. */
function fromPart(part: string, region = '', type = ''): Resource[] {
  const slash = part.indexOf('/');
  const head = part.slice(0, Math.max(slash, 0));
  const isBucket = BUCKET.test(head);
  const id = line(isBucket ? head : stripType(part));
  if (id === '' || id.endsWith('*')) return [];
  const kind = type || (isBucket ? 'bucket' : line(head).toLowerCase());
  return [{ ...(kind && { type: kind }), id, ...(region && { region }) }];
}
