import { usePanel } from '../parts/context.ts';
import { Mark } from '../parts/icon.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { Freshness } from './freshness.tsx';

/** The bar on top: how fresh what is shown is, and what can be done from everywhere. */
export function Bar() {
  const { panel, desk, texts } = usePanel();
  const hasView = panel.hasView.value;
  return (
    <header class="bar">
      <Mark />
      <h1 class="word">Sidetrail</h1>
      <Freshness />
      <span class="sp" />
      {hasView && (
        <IconButton
          icon="circle-help"
          label={texts.keys}
          keys="?"
          onClick={() => desk.act({ kind: 'help' })}
        />
      )}
      {panel.isDocked && hasView && (
        <IconButton icon="maximize" label={texts.openTab} onClick={panel.openTab} />
      )}
      {panel.isDocked && <IconButton icon="x" label={texts.close} keys="Esc" onClick={panel.close} />}
    </header>
  );
}
