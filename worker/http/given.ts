/** The members of an object that are there: a change leaves alone what it does not name. */
export function given<T extends object>(change: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(change).filter(([, value]) => value !== undefined);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- entries lose the names of keys; the rest keep their types
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
