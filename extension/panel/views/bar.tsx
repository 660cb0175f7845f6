import { usePanel } from '../parts/context.ts';
import { Mark } from '../parts/icon.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { Freshness } from './freshness.tsx';

/** The bar on top: how fresh what is shown is, and what can be done from everywhere. */
export function Bar() {
  const { panel, desk, texts } = usePanel();
  const isConnected = panel.standing.value.kind === 'connected';
  return (
    <header class="bar">
      <Mark />
      <h1 class="word">Sidetrail</h1>
      <Freshness />
      <span class="sp" />
      {isConnected && (
        <IconButton
          icon="circle-help"
          label={texts.keys}
          keys="?"
          onClick={() => desk.act({ kind: 'help' })}
        />
      )}
      {panel.isDocked && isConnected && (
        <IconButton icon="maximize" label={texts.openTab} onClick={panel.openTab} />
      )}
      {panel.isDocked && <IconButton icon="x" label={texts.close} keys="Esc" onClick={panel.close} />}
    </header>
  );
}
