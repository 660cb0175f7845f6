import { useMemo, useState } from 'preact/hooks';
import type { AuditEvent } from '../../../shared/event/event.ts';
import { usePanel } from '../parts/context.ts';
import { IconButton } from '../parts/icon-button.tsx';
import { jsonOf } from '../text/copy.ts';
import { Section } from './section.tsx';

/** Characters of the record that are shown at once. */
const MOST = 60_000;
const LINE = /^( *)("(?:[^"\\]|\\.)*")?(: )?(.*)$/s;

/** The record as JSON: what all above was read from. */
export function Record({ event }: { event: AuditEvent }) {
  const { desk, texts, number } = usePanel();
  const [isWhole, setWhole] = useState(false);
  const json = useMemo(() => jsonOf(event), [event]);
  const isCut = json.length > MOST && !isWhole;
  const lines = (isCut ? json.slice(0, MOST) : json).split('\n');
  return (
    <Section
      name={texts.record}
      note={texts.recordNote}
      isOpen={false}
      actions={
        <IconButton
          icon="copy"
          label={texts.copy(texts.formats.json)}
          onClick={() => void desk.copy(json, 'json')}
        />
      }
    >
      <pre class="code" tabIndex={0} data-keys="own" aria-label={texts.record}>
        {lines.map((line, i) => (
          <Line key={i} line={line} />
        ))}
      </pre>
      {isCut && (
        <p class="foot">
          <button type="button" class="btn" onClick={() => setWhole(true)}>
            {texts.showAll(number(json.length))}
          </button>
        </p>
      )}
    </Section>
  );
}

/** One line; what is too long for it hangs under its own beginning. */
function Line({ line }: { line: string }) {
  const [, indent = '', name, colon, rest = ''] = LINE.exec(line) ?? [];
  return (
    <span class="ln" style={{ '--d': indent.length }}>
      {colon === undefined ? (
        <bdi dir="auto">{line.trimStart()}</bdi>
      ) : (
        <>
          <b>
            <bdi dir="auto">{name}</bdi>
          </b>
          {colon}
          <bdi dir="auto" class={rest.startsWith('"') ? 'str' : /^[[{]/.test(rest) ? '' : 'num'}>
            {rest}
          </bdi>
        </>
      )}
      {'\n'}
    </span>
  );
}
