/** The panel at the page's side: made when it is first opened, and kept. */
import { canBeFramed, liesBeneath, pushStyle } from './push.ts';
import { createPanelFrame, type FramePorts, type PanelFrame } from './frame.ts';
import { resizeBy } from './resize.ts';
import { furnish, type Shell } from './shell.ts';
import type { DockState } from './state.ts';
import type { Texts } from './texts.ts';
import { listenTo, type Listening } from './trusted.ts';

/** What happens to the panel, for the dock to decide. */
export interface DockedPorts extends FramePorts {
  state(): DockState;
  /** To be shown and kept. */
  change(changed: Partial<DockState>): void;
  close(): void;
}

export interface Docked extends PanelFrame {
  /** Shows the state as it is now, and gives the page its room or takes it. */
  show(): void;
}

/** Two bars side by side, and one over the other. */
const PUSH_ICON = 'M3 4h14v12H3zM12 4v12';
const OVERLAY_ICON = 'M3 4h14v12H3zM11 8h6v8h-6z';

export function createDocked(shell: Shell, texts: Texts, ports: DockedPorts, listening: Listening): Docked {
  const { host, box } = shell;
  const { dock, grip, mode, modePath, push } = furnish(shell, texts);
  /** px while the grip is dragged: the panel follows, the page is left alone until it is let go. */
  let dragged: number | undefined;
  let isFramed = false;
  const widthNow = (): number => dragged ?? ports.state().width;

  const showWidth = (): void => {
    dock.style.setProperty('--width', `${widthNow()}px`);
    grip.setAttribute('aria-valuenow', `${widthNow()}`);
  };
  const showMode = (): void => {
    const pushes = ports.state().mode === 'push';
    const label = pushes ? texts.overlay : texts.push;
    mode.setAttribute('aria-label', label);
    mode.setAttribute('title', label);
    modePath.setAttribute('d', pushes ? OVERLAY_ICON : PUSH_ICON);
  };
  /** Offers to lie over the page where making room leaves something of it beneath. */
  const makeRoom = (): void => {
    const { open, mode: chosen, width } = ports.state();
    const pushes = open && chosen === 'push' && !host.hidden;
    // Looked at as the page is by itself.
    push.textContent = '';
    isFramed = pushes && canBeFramed(document);
    if (pushes) push.textContent = pushStyle(width, isFramed);
    box.classList.toggle('offer', pushes && liesBeneath(document, width, host));
  };

  resizeBy(
    grip,
    {
      width: widthNow,
      drag(width) {
        dragged = width;
        showWidth();
      },
      settle(width) {
        dragged = undefined;
        ports.change({ width });
      },
      close: () => ports.close(),
    },
    listening,
  );
  const switchMode = (): void => ports.change({ mode: ports.state().mode === 'push' ? 'overlay' : 'push' });
  listenTo(mode, 'click', switchMode, listening);
  // A page that turns out to scroll as a whole cannot stay framed.
  const unframe = (): void => {
    if (isFramed && !canBeFramed(document)) makeRoom();
  };
  listenTo(document, 'scroll', unframe, listening);

  return {
    ...createPanelFrame(dock, ports),
    show() {
      showWidth();
      showMode();
      makeRoom();
    },
  };
}
