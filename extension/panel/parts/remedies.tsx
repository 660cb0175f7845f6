import type { Problem } from '../../protocol/connection.ts';
import { remedyOf } from '../model/trouble.ts';
import { usePanel } from './context.ts';

/** Buttons to get out of a problem with, the likelier one first. */
export function Remedies({ problem, again }: { problem: Problem; again: () => void }) {
  const { panel, texts } = usePanel();
  const retry = { name: texts.tryAgain, act: again };
  const options = { name: texts.openOptions, act: panel.openOptions };
  const offered = remedyOf(problem) === 'again' ? [retry, options] : [options, retry];
  return (
    <>
      {offered.map(({ name, act }, i) => (
        <button key={name} type="button" class={i === 0 ? 'btn go' : 'btn'} onClick={act}>
          {name}
        </button>
      ))}
    </>
  );
}
