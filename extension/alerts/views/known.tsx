import { remedyOf } from '../../panel/model/trouble.ts';
import { problemText } from '../../panel/options/problem-text.ts';
import { Choice } from '../../panel/parts/choice.tsx';
import { Icon } from '../../panel/parts/icon.tsx';
import { Message } from '../../panel/parts/message.tsx';
import { type KnownAlerts, MAX_DEPTH } from '../../protocol/alerts.ts';
import type { Problem } from '../../protocol/connection.ts';
import { countOf, type Section } from '../model/lists.ts';
import type { Standing } from '../model/page.ts';
import { useAlerts } from '../scope.ts';
import { AlertItem } from './alert.tsx';
import { Keys } from './keys.tsx';

/** The alerts by state, and how they stand as a whole. */
export function Known({ standing: { known, problem } }: { standing: Extract<Standing, { kind: 'known' }> }) {
  const { model, texts } = useAlerts();
  const sections = model.sections.value;
  const { mayAct, hidden } = known;
  const isEmpty = sections.every(({ alerts }) => alerts.length === 0);
  return (
    <main class="column">
      <div role="status">{problem && <Trouble known={known} problem={problem} />}</div>
      <Summary known={known} />
      <Choice
        label={texts.show}
        value={model.filter.value}
        options={[
          { value: 'all', label: texts.all },
          { value: 'open', label: texts.states.open },
          { value: 'acknowledged', label: texts.states.acknowledged },
          { value: 'recovered', label: texts.states.recovered },
        ]}
        onChange={model.choose}
      />
      {isEmpty ? (
        <section class="sheet">
          <Nothing known={known} section={sections.length === 1 ? sections[0] : undefined} />
        </section>
      ) : (
        sections.map((section) => <SectionView key={section.state} known={known} section={section} />)
      )}
      {hidden !== null && <p class="k3 note-line">{texts.hidden[hidden]}</p>}
      {!mayAct && <p class="k3 note-line">{texts.mayNotAct}</p>}
      <Keys mayAct={mayAct} />
    </main>
  );
}

function Summary({ known }: { known: KnownAlerts }) {
  const { texts, number, near } = useAlerts();
  const { alerts, more } = known.lists.open;
  const { calling, quiet } = countOf(alerts);
  const shown = more ? texts.atLeast(number(calling)) : number(calling);
  return (
    <div class="summary">
      <p class="said-all" role="status">
        {texts.summary(calling, shown)}
        {quiet > 0 && <span class="k3"> {texts.quiet(quiet, number(quiet))}</span>}
      </p>
      <p class="k3 n">{texts.asked(near(new Date(known.asked).toISOString()))}</p>
    </div>
  );
}

function Trouble({ known, problem }: { known: KnownAlerts; problem: Problem }) {
  const { model, locale, texts, near } = useAlerts();
  const time = near(new Date(known.asked).toISOString());
  const isOffline = problem.kind === 'unreachable';
  return (
    <div class="strip">
      <Icon name={isOffline ? 'cloud-off' : 'unplug'} />
      <span class="grow">
        {isOffline
          ? texts.offline(time)
          : problemText(locale.texts, problem) + locale.texts.betweenSentences + texts.asOf(time)}
      </span>
      {remedyOf(problem) === 'again' ? (
        <button type="button" class="btn plain" onClick={model.look}>
          {texts.tryAgain}
        </button>
      ) : (
        <button type="button" class="btn plain" onClick={model.openOptions}>
          {texts.openOptions}
        </button>
      )}
    </div>
  );
}

function Nothing({ known, section }: { known: KnownAlerts; section: Section | undefined }) {
  const { texts } = useAlerts();
  return (
    <Message icon="inbox" title={section ? texts.noneOf[section.state] : texts.none}>
      <p>
        <AskedWith known={known} />
      </p>
    </Message>
  );
}

/** When was asked, and what could have opened one: silence is an answer only with these. */
function AskedWith({ known: { asked, policies } }: { known: KnownAlerts }) {
  const { texts, number, near } = useAlerts();
  const which = policies === null ? texts.policiesUnknown : texts.policies(policies, number(policies));
  return <>{texts.askedWith(near(new Date(asked).toISOString()), which)}</>;
}

function SectionView({ known, section }: { known: KnownAlerts; section: Section }) {
  const { model, texts, number } = useAlerts();
  const { state, alerts, more } = section;
  // Under "all" an empty section says something only where it is the open ones.
  if (alerts.length === 0 && state !== 'open') return null;
  const isDeepest = alerts.length >= MAX_DEPTH;
  return (
    <section class="sheet" aria-labelledby={`section-${state}`}>
      <h2 id={`section-${state}`}>
        {texts.states[state]}
        <span class={state === 'open' && alerts.length > 0 ? 'tag sens n' : 'tag n'}>
          {number(alerts.length)}
          {more && '+'}
        </span>
      </h2>
      {alerts.length === 0 ? (
        <p class="k2 none">
          {texts.noneOf[state]}. <AskedWith known={known} />
        </p>
      ) : (
        <ol aria-labelledby={`section-${state}`}>
          {alerts.map((alert) => (
            <li key={alert.id}>
              <AlertItem alert={alert} mayAct={known.mayAct} />
            </li>
          ))}
        </ol>
      )}
      {more && (
        <div class="btns older">
          {isDeepest ? (
            <span class="k3">{texts.deepest(number(MAX_DEPTH))}</span>
          ) : (
            <button type="button" class="btn" onClick={() => model.deeper(state)}>
              {texts.more(texts.states[state])}
            </button>
          )}
        </div>
      )}
    </section>
  );
}
