/** The dock: a handle at the page's edge, and behind it the panel. */
import { createDocked, type Docked } from './docked.ts';
import { SLIDE } from './look.ts';
import { stayIn } from './presence.ts';
import { createShell, removeShells } from './shell.ts';
import { readDockState, type DockState } from './state.ts';
import type { Texts } from './texts.ts';
import { listenTo, type Listening } from './trusted.ts';

/** What the dock needs of the extension. Whatever fails gives undefined, and throws nothing. */
export interface DockPorts {
  texts: Texts;
  /** False once the extension was updated or removed while the page stayed. */
  isAlive(): boolean;
  /** What was kept for this host. */
  kept(): Promise<unknown>;
  keep(state: DockState): void;
  /** Asks for the address of a panel for this page. It is good for one frame. */
  admit(): Promise<string | undefined>;
  moved(url: string): void;
  closed(): void;
}

export interface Dock {
  toggle(): void;
  close(): void;
}

/** Puts the handle into the page; opens the panel again where it was left open. */
export function startDock(ports: DockPorts): Dock {
  // Left by an extension that was updated: nothing answers behind it any more.
  removeShells(document);

  const life = new AbortController();
  const shell = createShell(ports.texts);
  const { host, box, handle } = shell;
  let state = readDockState(undefined);
  let docked: Docked | undefined;
  let focusedBefore: Element | null = null;

  /** Takes everything away, quietly: a page without a dock is better than a page with a broken one. */
  const leave = (): void => {
    docked?.unload(0);
    life.abort();
    host.remove();
  };
  const leaveIfDead = (): void => {
    if (!ports.isAlive()) leave();
  };
  const listening: Listening = { signal: life.signal, failed: leave };

  const set = (next: DockState): void => {
    state = next;
    if (state.open) docked ??= createDocked(shell, ports.texts, dockedPorts, listening);
    box.classList.toggle('open', state.open);
    docked?.show();
  };
  const change = (changed: Partial<DockState>): void => {
    set({ ...state, ...changed });
    ports.keep(state);
  };
  const open = (): void => {
    if (!ports.isAlive()) return leave();
    focusedBefore = shell.focused() ?? document.activeElement;
    change({ open: true });
    docked?.load({ takesFocus: true });
  };
  const close = (): void => {
    const focused = shell.focused();
    change({ open: false });
    ports.closed();
    docked?.unload(SLIDE);
    if (!(focused instanceof HTMLElement)) return;
    focused.blur();
    if (focusedBefore instanceof HTMLElement) focusedBefore.focus({ preventScroll: true });
  };
  const dockedPorts = {
    name: ports.texts.name,
    state: () => state,
    change,
    close,
    admit: () => ports.admit(),
    moved: (url: string) => (ports.isAlive() ? ports.moved(url) : leave()),
    refused: () => (ports.isAlive() ? close() : leave()),
    failed: leave,
  };

  listenTo(handle, 'click', open, listening);
  // Before it is pressed, so that a handle that nothing answers is gone rather than dead.
  listenTo(handle, 'pointerenter', leaveIfDead, listening);
  listenTo(document, 'visibilitychange', leaveIfDead, listening);
  const yieldToFullScreen = (): void => {
    host.hidden = document.fullscreenElement !== null;
    docked?.show();
  };
  listenTo(document, 'fullscreenchange', yieldToFullScreen, listening);

  const attach = (): void => document.documentElement.append(host);
  const back = (): void => {
    attach();
    if (state.open) docked?.load({ takesFocus: false });
  };
  attach();
  stayIn(document, host, { back, givenUp: leave, signal: life.signal });

  const remember = async (): Promise<void> => {
    const kept = readDockState(await ports.kept());
    // Whoever was quicker than the memory is right.
    if (life.signal.aborted || state.open) return;
    set(kept);
    if (state.open) docked?.load({ takesFocus: false });
  };
  remember().catch(leave);

  return {
    toggle: () => (state.open ? close() : open()),
    close() {
      if (state.open) close();
    },
  };
}
