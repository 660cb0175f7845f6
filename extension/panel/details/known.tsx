import { usePanel } from '../parts/context.ts';
import { Headline } from './headline.tsx';
import { From, Region, Resources } from './where.tsx';
import { Who } from './who.tsx';

/** What the list tells of the event that is open, where the event itself cannot be read. */
export function Known({ id }: { id: string }) {
  const { panel, clock } = usePanel();
  const { rows, current } = panel.list;
  const row = rows.value.get(current.value?.index ?? -1);
  // An event that was opened by its address is not the one of the current row.
  if (row?.id !== id) return null;
  const time = row.time * 1000;
  const { first, count } = row.resources;
  return (
    <>
      <Headline of={row} time={time} written={clock.full(time)} />
      <dl class="kv">
        <Who of={row} />
        <From of={row} />
        <Resources known={first ? [first] : []} count={count} />
        <Region region={row.region} />
      </dl>
    </>
  );
}
