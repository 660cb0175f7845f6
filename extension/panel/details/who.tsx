import type { ListRow } from '../../protocol/panel.ts';
import { usePanel } from '../parts/context.ts';
import { Foreign } from '../parts/foreign.tsx';
import { Fact } from './fact.tsx';
import { kindText, personText } from './facts.ts';

/** Who acted, and the person behind a role. */
export function Who({ of }: { of: Pick<ListRow, 'operator' | 'person'> }) {
  const scope = usePanel();
  const { texts } = scope;
  const { facts } = texts;
  const { operator, person } = of;
  return (
    <>
      <Fact label={facts.operator} copied={operator.name}>
        <Foreign text={operator.name || texts.unnamed} />
        <span class="note2">{kindText(of, scope)}</span>
      </Fact>
      <Fact label={facts.principal} copied={operator.id}>
        <Foreign text={operator.id} code />
      </Fact>
      {person && (
        <Fact label={facts.person} copied={person.id ?? person.name ?? ''}>
          <Foreign text={personText(of, scope)} />
          {person.status === 'exact' && <span class="note2">{texts.exact}</span>}
        </Fact>
      )}
    </>
  );
}
