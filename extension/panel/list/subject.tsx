import type { PageBeside } from '../../protocol/panel.ts';
import { resourceOfPage } from '../model/question.ts';
import { type PanelScope, usePanel } from '../parts/context.ts';
import { Foreign } from '../parts/foreign.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { Icon } from '../parts/icon.tsx';
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
  const page = panel.page.value;
  if (!page) return texts.allProducts;
  const { products, resources } = page;
  const one = resourceOfPage(page);
  if (one) return visible(one.id);
  if (resources.length > 0) return texts.resources(number(resources.length));
  return products.length > 0 ? visible(products.join(', ')) : texts.allProducts;
}

function PageHead({ page }: { page: PageBeside }) {
  const scope = usePanel();
  const { panel, desk, texts } = scope;
  const { products, region, resources } = page;
  const one = resourceOfPage(page);
  const name = panel.pageName.value;
  const rest = [one?.type, ...(resources.length > 0 ? [] : products.slice(1)), region].filter(
    (part) => part !== undefined,
  );
  const copyId = one && (
    <IconButton icon="copy" isSmall label={texts.copyId} onClick={() => void desk.copy(one.id, 'value')} />
  );
  return (
    <div class="rh">
      <div class="named">
        <h2 class="cut">{name === undefined ? subjectName(scope) : <Foreign text={name} />}</h2>
        {name === undefined && copyId}
      </div>
      <div class="ids">
        {one && name !== undefined && (
          <>
            <code class="cut">
              <Foreign text={one.id} />
            </code>
            {copyId}
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
          <Icon name="chevron-down" look="s" />
        </label>
      ) : (
        <h2 class="cut">{team.name ?? texts.everybody}</h2>
      )}
      {size !== undefined && <span class="k3">{texts.teamSize(size, number(size))}</span>}
    </div>
  );
}
