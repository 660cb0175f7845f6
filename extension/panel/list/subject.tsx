import type { PageBeside } from '../../protocol/panel.ts';
import { type PanelScope, usePanel } from '../parts/context.ts';
import { Foreign } from '../parts/foreign.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { visible } from '../text/visible.ts';

/** What the view is about. */
export function Subject() {
  const { panel } = usePanel();
  const page = panel.page.value;
  if (panel.view.value === 'page') return page && <PageHead page={page} />;
  return panel.view.value === 'team' ? <TeamChoice /> : null;
}

/** What the view is about, in a word or two. */
export function subjectName({ panel, texts, number }: PanelScope): string {
  if (panel.view.value === 'team') return panel.team.value?.name ?? texts.everybody;
  const { products, resources, isDetail } = panel.page.value ?? {
    products: [],
    resources: [],
    isDetail: false,
  };
  const [first] = resources;
  if (first && (isDetail || resources.length === 1)) return visible(first.id);
  if (first) return texts.resources(number(resources.length));
  return products.length > 0 ? visible(products.join(', ')) : texts.allProducts;
}

function PageHead({ page }: { page: PageBeside }) {
  const scope = usePanel();
  const { desk, texts } = scope;
  const { products, region, resources, isDetail } = page;
  const [first] = resources;
  const one = first && (isDetail || resources.length === 1) ? first : undefined;
  const rest = [one?.type, ...(resources.length > 0 ? [] : products.slice(1)), region].filter(
    (part) => part !== undefined,
  );
  return (
    <div class="rh">
      <h2 class="cut">{one?.name ? <Foreign text={one.name} /> : subjectName(scope)}</h2>
      <div class="ids">
        {one && (
          <>
            <code class="cut">
              <Foreign text={one.id} />
            </code>
            <IconButton
              icon="copy"
              isSmall
              label={texts.copyId}
              onClick={() => void desk.copy(one.id, 'value')}
            />
          </>
        )}
        {!one && resources.length > 0 && (
          <code class="cut">
            <Foreign text={resources.map(({ id }) => id).join(', ')} />
          </code>
        )}
        {rest.map((part) => (
          <span key={part} class="part">
            <Foreign text={part} />
          </span>
        ))}
        {resources.length === 0 && products.length === 0 && <span>{texts.noSubject}</span>}
      </div>
    </div>
  );
}

function TeamChoice() {
  const { panel, texts, number } = usePanel();
  const teams = panel.teams.value;
  const team = panel.team.value;
  if (!team) return null;
  const size = team.operators?.length;
  return (
    <div class="rh team">
      {teams.length > 1 ? (
        <label>
          <span class="sr">{texts.team}</span>
          <select
            class="inp"
            value={team.id}
            onChange={({ currentTarget }) => panel.chooseTeam(currentTarget.value)}
          >
            {teams.map(({ id, name }) => (
              <option key={id} value={id}>
                {name ?? texts.everybody}
              </option>
            ))}
          </select>
        </label>
      ) : (
        <h2 class="cut">{team.name ?? texts.everybody}</h2>
      )}
      {size !== undefined && <span class="k3">{texts.teamSize(size, number(size))}</span>}
    </div>
  );
}
