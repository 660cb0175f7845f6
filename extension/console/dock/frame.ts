import { followNavigation } from '../navigation.ts';
import { createFrame } from './shell.ts';
import { listenTo } from './trusted.ts';

/** What the frame needs of the extension and of the dock around it. */
export interface FramePorts {
  name: string;
  /** Asks for the address of a panel for this page, good for one frame; undefined where nobody answers. */
  admit: () => Promise<string | undefined>;
  /** The page went to another URL while the panel is there. */
  moved: (url: string) => void;
  /** There is no panel to show. */
  refused: () => void;
  failed: () => void;
}

export interface PanelFrame {
  /** Loads the panel anew, each time with a nonce of its own. */
  load(options: { takesFocus: boolean }): void;
  /** Ends following the page at once, and takes the frame away after that many ms. */
  unload(after: number): void;
}

/** The panel's frame within `place`. Nothing follows the page while there is none. */
export function createPanelFrame(place: HTMLElement, ports: FramePorts): PanelFrame {
  let frame: HTMLIFrameElement | undefined;
  let current = new AbortController();

  /** Ends what is under way. */
  const renew = (): AbortSignal => {
    current.abort();
    current = new AbortController();
    return current.signal;
  };
  const remove = (): void => {
    frame?.remove();
    frame = undefined;
  };
  const load = async (takesFocus: boolean): Promise<void> => {
    const signal = renew();
    followNavigation(window, ports.moved, signal);
    const src = await ports.admit();
    if (signal.aborted) return;
    remove();
    if (src === undefined) return ports.refused();
    const made = createFrame(src, ports.name);
    if (takesFocus) listenTo(made, 'load', () => made.focus(), { signal, failed: ports.failed });
    place.append(made);
    frame = made;
  };

  return {
    load: ({ takesFocus }) => void load(takesFocus).catch(ports.failed),
    unload(after) {
      const timer = setTimeout(remove, after);
      renew().addEventListener('abort', () => clearTimeout(timer));
    },
  };
}
