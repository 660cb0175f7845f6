import { expandRegion, isRegionName, regionOfNumber } from '../../../shared/event/regions.ts';
import { type Address, type Parameter, readParameters, valuesOf } from './address.ts';

/**
 * Gives the region of a page: `ap-guangzhou`; undefined where the URL names none. What names the region of the
 * page itself comes before `searchParams`, the state of the list that the reader came from.
 */
export function regionOf({ route, parameters }: Address): string | undefined {
  const ofList = valuesOf(parameters, 'searchparams').flatMap((query) => readParameters(query));
  return named(parameters) ?? route.find((segment) => isRegionName(segment)) ?? named(ofList);
}

function named(parameters: readonly Parameter[]): string | undefined {
  const values = valuesOf(parameters, 'rid', 'regionid', 'region');
  return values.map((value) => readRegion(value)).find((region) => region !== undefined);
}

function readRegion(value: string): string | undefined {
  const name = regionOfNumber(value) ?? expandRegion(value);
  return isRegionName(name) ? name : undefined;
}
