import { useAlerts } from '../scope.ts';

/** The keys of the page; letters only where they are keys. */
export function Keys({ mayAct }: { mayAct: boolean }) {
  const { model, texts } = useAlerts();
  const { singleKeys } = model.preferences.value;
  const names = texts.keyNames;
  const rows: [string, string[]][] = [
    [names.move, singleKeys ? ['↓', '↑', 'j', 'k'] : ['↓', '↑']],
    [names.open, ['Enter']],
    ...(singleKeys && mayAct
      ? ([
          [names.acknowledge, ['a']],
          [names.mute, ['m']],
          [names.expect, ['e']],
        ] satisfies [string, string[]][])
      : []),
    ...(singleKeys ? ([[names.ask, ['r']]] satisfies [string, string[]][]) : []),
  ];
  return (
    <section class="legend" aria-labelledby="keys">
      <h2 id="keys" class="k3">
        {texts.keys}
      </h2>
      <dl>
        {rows.map(([name, keys]) => (
          <div key={name}>
            <dt class="k3">{name}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
