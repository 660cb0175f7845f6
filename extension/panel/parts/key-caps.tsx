import { Fragment } from 'preact';
import { usePanel } from './context.ts';

/** Keys, each as its cap. Where there are two groups, one of the second follows one of the first. */
export function KeyCaps({ groups }: { groups: readonly (readonly string[])[] }) {
  const { texts } = usePanel();
  return (
    <span class="caps">
      {groups.map((keys, i) => (
        <Fragment key={i}>
          {i > 0 && <span class="k3">{texts.help.followedBy}</span>}
          {keys.map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
        </Fragment>
      ))}
    </span>
  );
}
