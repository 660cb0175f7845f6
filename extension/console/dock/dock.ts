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

/** How long a panel that was loaded ahead waits to be opened (ms), counted from the last sign that it may be. */
const LINGER = 10_000;

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
  /** Set while a panel is there that nobody opened yet. */
  let lingering: ReturnType<typeof setTimeout> | undefined;
  let isClosing = false;

  /** What was loaded ahead goes no more by itself. */
  const adopt = (): void => {
    clearTimeout(lingering);
    lingering = undefined;
  };
  /** Takes everything away, quietly: a page without a dock is better than a page with a broken one. */
  const leave = (): void => {
    adopt();
    docked?.unload(0);
    life.abort();
    host.remove();
  };
  const leaveIfDead = (): void => {
    if (!ports.isAlive()) leave();
  };
  const listening: Listening = { signal: life.signal, failed: leave };

  const furnished = (): Docked => (docked ??= createDocked(shell, ports.texts, dockedPorts, listening));
  const set = (next: DockState): void => {
    state = next;
    if (state.open) furnished();
    box.classList.toggle('open', state.open);
    docked?.show();
  };
  const change = (changed: Partial<DockState>): void => {
    set({ ...state, ...changed });
    ports.keep(state);
  };
  const discard = (): void => {
    if (lingering === undefined) return;
    adopt();
    docked?.unload(0);
    ports.closed();
  };
  /** Whoever comes near the handle is likely to press it, and loading takes longer than that. */
  const prepare = (): void => {
    if (!ports.isAlive()) return leave();
    // The focus comes back to the handle by itself.
    if (state.open || isClosing) return;
    if (lingering === undefined) {
      furnished().show();
      furnished().prepare();
    }
    clearTimeout(lingering);
    lingering = setTimeout(discard, LINGER);
  };
  const open = (): void => {
    if (!ports.isAlive()) return leave();
    adopt();
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
    isClosing = true;
    if (focusedBefore instanceof HTMLElement) focusedBefore.focus({ preventScroll: true });
    isClosing = false;
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
  // Not as it is entered: that happens too where the pointer rests while a page loads, or a panel closes.
  listenTo(handle, 'pointermove', prepare, listening);
  listenTo(handle, 'pointerdown', prepare, listening);
  listenTo(handle, 'focus', prepare, listening);
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
    // A frame that was taken out begins anew, with a nonce that was used.
    else discard();
  };
  attach();
  stayIn(document, host, { back, givenUp: leave, signal: life.signal });

  const remember = async (): Promise<void> => {
    const kept = readDockState(await ports.kept());
    // Whoever was quicker than the memory is right.
    if (life.signal.aborted || state.open) return;
    set(kept);
    if (!state.open) return;
    adopt();
    docked?.load({ takesFocus: false });
  };
  remember().catch(leave);

  return {
    toggle: () => (state.open ? close() : open()),
    close() {
      if (state.open) close();
    },
  };
}
