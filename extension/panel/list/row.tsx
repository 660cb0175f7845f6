import { useMemo } from 'preact/hooks';
import type { ListRow } from '../../protocol/panel.ts';
import { usePanel } from '../parts/context.ts';
import { Foreign } from '../parts/foreign.tsx';
import { Icon, type IconName } from '../parts/icon.tsx';
import { OutcomeTag } from '../parts/outcome.tsx';
import { visible } from '../text/visible.ts';
import { sentenceOf, whatOf, whoOf } from './row-text.ts';

interface RowProps {
  index: number;
  /** Undefined while it is on its way. */
  row: ListRow | undefined;
  /** Place in its day, from 0, and how many there are; -1 where that is not known. */
  place: number;
  size: number;
  /** Whether the tab key comes here. */
  isReachable: boolean;
  /** Whether the reader is, or was last, on it. */
  isCurrent: boolean;
  /** Whether it is one line: what stands in it then differs. */
  isWide: boolean;
  /** Whether all the list is what the reader did. */
  isMine: boolean;
  /** Id of the one resource that all the list is about. */
  about: string | undefined;
}

/** One event. What it says is drawn once, however often the list around it moves. */
export function Row({ index, row, place, size, isReachable, isCurrent, isWide, isMine, about }: RowProps) {
  const scope = usePanel();
  const { panel, desk, texts } = scope;
  const content = useMemo(
    () => row && <Content row={row} isWide={isWide} isMine={isMine} about={about} />,
    [row, isWide, isMine, about, scope],
  );
  const position = {
    style: { '--at': place },
    'aria-setsize': size,
    'aria-posinset': place + 1,
  };
  if (!row) {
    return (
      <li {...position} class="row wait" aria-label={texts.loadingRow}>
        <span class="sk" />
      </li>
    );
  }
  return (
    <li {...position}>
      <button
        type="button"
        class="row"
        data-row={index}
        tabIndex={isReachable ? 0 : -1}
        {...(isCurrent ? { 'aria-current': true } : {})}
        onClick={() => desk.open(index)}
        onFocus={() => panel.list.select(index)}
      >
        {content}
      </button>
    </li>
  );
}

/**
 * The parts are for the eye, the sentence is for the ear. Normal is quiet: only what failed, what is sensitive and
 * what came from outside has a colour.
 */
function Content(props: PartsProps) {
  const { row } = props;
  const { texts, number, clock, both } = usePanel();
  const time = row.time * 1000;
  const minute = clock.minute(time);
  const { icon, look } = iconOf(row);
  const isWrong = row.outcome !== 'ok';
  return (
    <>
      <span class="sr">{sentenceOf(row, texts, number, minute)}</span>
      <span
        class="t"
        aria-hidden="true"
        onPointerEnter={({ currentTarget }) => {
          // Written when it is asked for: zones take longer to write than all the rest of the row.
          currentTarget.title = both(time);
        }}
      >
        {minute}
      </span>
      <Icon name={icon} look={look} />
      <span class="a" aria-hidden="true">
        <span title={visible(row.event)}>
          <Foreign text={row.event} />
        </span>
        <code>
          <Foreign text={row.product} />
        </code>
        {isWrong && row.error && (
          <code class={row.outcome}>
            <Foreign text={row.error} />
          </code>
        )}
      </span>
      <Parts {...props} />
      {isWrong && (
        <span class="e" aria-hidden="true" title={visible(row.error ?? '')}>
          <OutcomeTag outcome={row.outcome} />
        </span>
      )}
    </>
  );
}

interface PartsProps {
  row: ListRow;
  isWide: boolean;
  isMine: boolean;
  about: string | undefined;
}

/** Who, what and from where: in columns that line up, or on a line of their own. */
function Parts({ row, isWide, isMine, about }: PartsProps) {
  const { texts, number } = usePanel();
  const who = whoOf(row, texts);
  const what = whatOf(row, texts, number);
  const outside = row.network === 'outside' && <span class="out">{texts.networks.outside}</span>;
  const operator = (
    <span class="who" aria-hidden="true" title={visible(`${who.name}${who.more}`)}>
      <Foreign text={who.name} />
      {who.more !== '' && (
        // What somebody claims is longer than a role, and worth less.
        <span class={row.person?.status === 'exact' ? 'w360' : 'w460'}>
          <Foreign text={who.more} />
        </span>
      )}
    </span>
  );
  const isKnown = !isWide && about !== undefined && row.resources.first?.id === about;
  const resource = what.name !== '' && (
    <span class="what" aria-hidden="true" title={visible(`${what.name} ${what.more}`)}>
      <Foreign text={what.name} />
      {what.more !== '' && <span>{what.more}</span>}
    </span>
  );
  const others = row.resources.count - 1;
  const ip = row.ip !== '' && (
    <span>
      <Foreign text={row.ip} />
    </span>
  );
  if (isWide) {
    return (
      <>
        {operator}
        {resource}
        <span class="from" aria-hidden="true" title={visible(row.ip)}>
          {outside}
          {ip}
        </span>
      </>
    );
  }
  // Parts drop from the end. Whose list it is, who acted is known; and on the page of a resource, on what.
  return (
    <span class="b" aria-hidden="true">
      {outside}
      {!isMine && operator}
      {!isKnown && resource}
      {ip}
      {isKnown && others > 0 && (
        <span class="others">
          {what.more}
          <span class="w360">{texts.resourcesBehind(others)}</span>
        </span>
      )}
      {isMine && operator}
    </span>
  );
}

/** The outcome outranks the kind. */
function iconOf({ outcome, is, action }: ListRow): { icon: IconName; look: string } {
  if (outcome === 'denied') return { icon: 'ban', look: 'ic-denied' };
  if (outcome === 'failed') return { icon: 'triangle-alert', look: 'ic-failed' };
  if (is.includes('sensitive')) return { icon: 'shield-alert', look: 'ic-sens' };
  if (is.includes('purchase')) return { icon: 'shopping-cart', look: 'ic-purchase' };
  if (is.includes('login')) return { icon: 'log-in', look: '' };
  return { icon: action === 'read' ? 'eye' : 'pencil', look: '' };
}
