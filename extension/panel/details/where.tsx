import type { EventSummary, Resource } from '../../../shared/event/event.ts';
import { usePanel } from '../parts/context.ts';
import { Foreign } from '../parts/foreign.tsx';
import { Fact } from './fact.tsx';

/** Resources shown at once; requests can name hundreds. */
const MOST = 20;

/** From where somebody acted. */
export function From({ of }: { of: Pick<EventSummary, 'ip' | 'network' | 'place'> }) {
  const { texts } = usePanel();
  const { ip, network, place } = of;
  return (
    <Fact label={texts.facts.ip} copied={ip}>
      {ip !== '' && <Foreign text={ip} code />}
      <span class={network === 'outside' ? 'note2 out' : 'note2'}>{texts.networks[network]}</span>
      {place !== undefined && (
        <span class="note2">
          <Foreign text={place} />
        </span>
      )}
    </Fact>
  );
}

interface ResourcesProps {
  /** Those of which more is known than that they are there. */
  known: readonly Resource[];
  count: number;
}

/** On what. */
export function Resources({ known, count }: ResourcesProps) {
  const { texts, number } = usePanel();
  if (count === 0) return null;
  const shown = known.slice(0, MOST);
  return (
    <Fact label={texts.facts.resource} copied={known.map(({ id }) => id).join('\n')}>
      <ul>
        {shown.map(({ id, name, type }, i) => (
          <li key={i}>
            <Foreign text={id} code />
            {name !== undefined && name !== '' && (
              <span class="note2">
                <Foreign text={name} />
              </span>
            )}
            {type !== undefined && (
              <span class="note2 k3">
                <Foreign text={type} />
              </span>
            )}
          </li>
        ))}
        {count > shown.length && <li class="k3">{texts.more(number(count - shown.length))}</li>}
      </ul>
    </Fact>
  );
}

/** In which region; nothing where the record names none. */
export function Region({ region }: { region: string }) {
  const { texts } = usePanel();
  if (region === '') return null;
  return (
    <Fact label={texts.facts.region} copied={region}>
      <Foreign text={region} code />
    </Fact>
  );
}
