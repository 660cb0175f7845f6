import type { ComponentChildren } from 'preact';
import type { Facts, Me } from '../../protocol/connection.ts';
import type { CacheSize } from '../../protocol/messages.ts';
import { useLocale } from '../parts/locale-context.ts';

/** What the member may see. */
export function Access({ me }: { me: Me }) {
  const { texts, number } = useLocale();
  return (
    <section class="card" aria-labelledby="access">
      <h2 id="access">{texts.access}</h2>
      <dl class="facts">
        <Fact label={texts.role}>{texts.roles[me.member.role]}</Fact>
        <Fact label={texts.accounts}>
          <List
            none={texts.noAccounts}
            items={me.accounts.map(({ id, alias }) => ({ key: id, name: alias, code: id }))}
          />
        </Fact>
        <Fact label={texts.operators}>
          <List
            none={texts.noOperators}
            items={me.operators.map(({ account, id }) => ({
              key: `${account}/${id}`,
              code: id,
              note: texts.inAccount(account),
            }))}
          />
        </Fact>
        <Fact label={texts.teams}>
          <List
            none={texts.noTeams}
            items={me.teams.map(({ id, name, operators }) => ({
              key: id,
              name,
              note: texts.teamSize(operators.length, number(operators.length)),
            }))}
          />
        </Fact>
      </dl>
    </section>
  );
}

interface FreshnessProps {
  facts: Facts;
  /** What is kept in this browser; undefined as long as it is not known. */
  cache: CacheSize | null | undefined;
}

/** How fresh the data is, source by source, and how much of it is kept here. */
export function Freshness({ facts: { me, at }, cache }: FreshnessProps) {
  const { texts, number, time, day, ago } = useLocale();
  const { sources } = me.coverage;
  return (
    <section class="card" aria-labelledby="freshness">
      <h2 id="freshness">{texts.freshness}</h2>
      <dl class="facts">
        {sources.map(({ source, account, newest, lastReceived }) => (
          <Fact key={`${source}/${account}`} label={texts.sources[source]}>
            <p>{newest === null ? texts.noEvent : texts.newestEvent(time(newest), ago(newest, at))}</p>
            <p class="k3">
              {lastReceived !== null && texts.lastReceived(time(lastReceived))}
              {account !== '' && (
                <>
                  {lastReceived !== null && ' · '}
                  <code>{account}</code>
                </>
              )}
            </p>
          </Fact>
        ))}
        {me.oldest !== null && <Fact label={texts.oldest}>{time(me.oldest)}</Fact>}
        {cache !== undefined && (
          <Fact label={texts.cache}>
            {cache === null
              ? texts.cacheEmpty
              : texts.cached(cache.events, number(cache.events), day(cache.from * 1000))}
          </Fact>
        )}
      </dl>
      {sources.length === 0 && <p class="k2 foot">{texts.noSources}</p>}
    </section>
  );
}

function Fact({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface Item {
  key: string;
  name?: string | null;
  code?: string;
  note?: string;
}

function List({ items, none }: { items: readonly Item[]; none: string }) {
  if (items.length === 0) return <span class="k3">{none}</span>;
  return (
    <ul>
      {items.map(({ key, name, code, note }) => (
        <li key={key}>
          {name != null && <span>{name}</span>}
          {code !== undefined && <code>{code}</code>}
          {note !== undefined && <span class="k3">{note}</span>}
        </li>
      ))}
    </ul>
  );
}
