import { line } from './clean.ts';
import type { Json, Resource } from './event.ts';
import type { JsonObject } from './json.ts';
import { fromDescriptions, fromName, fromSet } from './named.ts';
import { kindOf } from './prefixes.ts';
import { expandRegion } from './regions.ts';
import { nameIn, namedIn } from './requested.ts';

const MAX_RESOURCES = 200;
/** Events whose response names what they made. */
const CREATES = /^(?:Create|Run|Allocate|Apply|Clone|Copy|Import|Purchase|Buy|GenerateDeals)/;

/**
 * Gives the resources an event touched. The most telling part of the record decides which they are; the others
 * only add what it leaves out about the same id. What a create made comes before what its request refers to.
 */
export function readResources(record: JsonObject, request: Json, response: Json): Resource[] {
  const made = CREATES.test(line(record['eventName'])) ? namedIn(response) : [];
  const stages = [
    fromSet(record['resourceSet']),
    fromName(record['resourceName']),
    fromDescriptions(record['resources']),
    [...made, ...namedIn(request)],
  ];
  const decisive = stages.findIndex((stage) => stage.length > 0);
  if (decisive === -1) return [];

  const byId = new Map<string, Resource>();
  for (const stage of stages.slice(decisive)) {
    const mayAdd = byId.size === 0;
    for (const resource of stage) {
      const known = byId.get(resource.id);
      if (known || (mayAdd && byId.size < MAX_RESOURCES)) byId.set(resource.id, { ...resource, ...known });
    }
  }
  const region = expandRegion(line(record['resourceRegion']));
  const only = byId.size === 1;
  return [...byId.values()].map((resource) => complete(resource, region, only ? request : null));
}

function complete(resource: Resource, fallbackRegion: string, request: Json): Resource {
  const type = resource.type ?? kindOf(resource.id);
  const name = resource.name ?? nameIn(request, resource);
  const region = resource.region ?? fallbackRegion;
  return { ...(type && { type }), id: resource.id, ...(name && { name }), ...(region && { region }) };
}
