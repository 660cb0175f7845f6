import { useMemo } from 'preact/hooks';
import type { ListRow } from '../../protocol/panel.ts';
import { usePanel } from '../parts/context.ts';
import { Foreign } from '../parts/foreign.tsx';
import { Icon, type IconName } from '../parts/icon.tsx';
import { OutcomeTag } from '../parts/outcome.tsx';
import { visible } from '../text/visible.ts';
import { operatorText, resourceText, sentenceOf } from './row-text.ts';

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
}

/** One event. What it says is drawn once, however often the list around it moves. */
export function Row({ index, row, place, size, isReachable, isCurrent, isWide }: RowProps) {
  const scope = usePanel();
  const { panel, desk, texts } = scope;
  const content = useMemo(() => row && <Content row={row} isWide={isWide} />, [row, isWide, scope]);
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
function Content({ row, isWide }: { row: ListRow; isWide: boolean }) {
  const { texts, number, clock, both } = usePanel();
  const time = row.time * 1000;
  const minute = clock.minute(time);
  const { icon, look } = iconOf(row);
  const operator = operatorText(row, texts);
  const resource = resourceText(row, number);
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
          <Foreign text={isWrong && row.error ? row.error : row.product} />
        </code>
      </span>
      {isWide ? (
        <Columns row={row} operator={operator} resource={resource} />
      ) : (
        <Line row={row} operator={operator} resource={resource} />
      )}
      <span class="e" aria-hidden="true">
        {isWrong && <OutcomeTag outcome={row.outcome} />}
      </span>
    </>
  );
}

interface RestProps {
  row: ListRow;
  /** As texts. */
  operator: string;
  resource: string;
}

/** Who, what and from where on a line of their own. */
function Line({ row, operator, resource }: RestProps) {
  const { texts } = usePanel();
  return (
    <span class="b" aria-hidden="true">
      {row.network === 'outside' && <span class="out">{texts.networks.outside}</span>}
      <span>
        <Foreign text={operator} />
      </span>
      {resource !== '' && (
        <span>
          <Foreign text={resource} />
        </span>
      )}
      {row.ip !== '' && (
        <span>
          <Foreign text={row.ip} />
        </span>
      )}
    </span>
  );
}

/** The same in columns that line up. */
function Columns({ row, operator, resource }: RestProps) {
  const { texts } = usePanel();
  const isOutside = row.network === 'outside';
  return (
    <>
      <span class="c-col c4" aria-hidden="true" title={visible(operator)}>
        <Foreign text={operator} />
      </span>
      <span class="c-col c5" aria-hidden="true" title={visible(resource)}>
        <Foreign text={resource} />
      </span>
      <span
        class={isOutside ? 'c-col c6 out' : 'c-col c6'}
        aria-hidden="true"
        title={isOutside ? `${texts.networks.outside}, ${visible(row.ip)}` : visible(row.ip)}
      >
        <Foreign text={row.ip} />
      </span>
    </>
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
