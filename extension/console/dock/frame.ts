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
  /** Loads the panel for who may open it in a moment, unless one is there. It cannot be seen before it is opened. */
  prepare(): void;
  /** Opens the panel that was prepared; else loads one, each time anew and with a nonce of its own. */
  load(options: { takesFocus: boolean }): void;
  /** Ends following the page at once, and takes the frame away after that many ms. */
  unload(after: number): void;
}

/** The panel's frame within `place`. Nothing follows the page while there is none. */
export function createPanelFrame(place: HTMLElement, ports: FramePorts): PanelFrame {
  let frame: HTMLIFrameElement | undefined;
  let current = new AbortController();
  /** Whether the frame, or the one on its way, was made for nobody yet. */
  let isAhead = false;
  let isLoaded = false;
  let takesFocus = false;

  /** Ends what is under way. */
  const renew = (): AbortSignal => {
    current.abort();
    current = new AbortController();
    return current.signal;
  };
  const remove = (): void => {
    frame?.remove();
    frame = undefined;
    isLoaded = false;
  };
  const focus = (): void => {
    if (takesFocus && isLoaded && !isAhead) frame?.focus();
  };
  const loaded = (): void => {
    isLoaded = true;
    focus();
  };
  const load = async (): Promise<void> => {
    const signal = renew();
    followNavigation(window, ports.moved, signal);
    const src = await ports.admit();
    if (signal.aborted) return;
    remove();
    if (src === undefined) {
      // Nobody waits for what was made ahead; whoever opens it then is told.
      if (!isAhead) ports.refused();
      isAhead = false;
      return;
    }
    const made = createFrame(src, ports.name);
    listenTo(made, 'load', loaded, { signal, failed: ports.failed });
    place.append(made);
    frame = made;
  };
  const begin = (): void => void load().catch(ports.failed);

  return {
    prepare() {
      if (isAhead) return;
      isAhead = true;
      begin();
    },
    load(options) {
      ({ takesFocus } = options);
      if (!isAhead) return begin();
      isAhead = false;
      focus();
    },
    unload(after) {
      isAhead = false;
      const timer = setTimeout(remove, after);
      renew().addEventListener('abort', () => clearTimeout(timer));
    },
  };
}
