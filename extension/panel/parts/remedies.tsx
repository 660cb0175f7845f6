import type { Problem } from '../../protocol/connection.ts';
import { remedyOf } from '../model/trouble.ts';
import { useLocale } from './locale-context.ts';

interface RemediesProps {
  problem: Problem;
  again: () => void;
  openOptions: () => void;
}

/** Buttons to get out of a problem with, the likelier one first. */
export function Remedies({ problem, again, openOptions }: RemediesProps) {
  const { panel: texts } = useLocale().texts;
  const retry = { name: texts.tryAgain, act: again };
  const options = { name: texts.openOptions, act: openOptions };
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
