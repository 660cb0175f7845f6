/** What a panel's keys and buttons do: which popup is open, where the focus goes, what is said of what was done. */
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Action, CopyFormat, ViewName } from './keys.ts';
import type { Panel } from './panel.ts';

export type Popup = 'freshness' | 'help' | 'copy' | 'suggestions';
export type FocusTarget = 'filter' | 'row' | 'details';

/** Something that was done, to be told for a moment. `at` tells two of the same apart. */
export interface Done {
  what: CopyFormat | 'value' | 'not-copied';
  at: number;
}

export interface Desk {
  popup: Signal<Popup | null>;
  /** Where the focus is to go; whoever has that takes the wish away. */
  focus: Signal<FocusTarget | null>;
  done: ReadonlySignal<Done | null>;
  /** Scroll position (px) of the list while the details are read. */
  scrolled: { top: number };
  act: (action: Action) => void;
  /** Opens a row, and says so to the focus. */
  open: (index: number) => void;
  back: () => void;
  show: (view: ViewName) => void;
  /** Copies a text and tells of it. */
  copy: (text: string, what: Done['what']) => Promise<void>;
  /** What the open event is as text, in each form; the details set it, for they have the words. */
  texts: { of: ((format: CopyFormat) => string) | null };
  forget: () => void;
}

export function createDesk(panel: Panel): Desk {
  const popup = signal<Popup | null>(null);
  const focus = signal<FocusTarget | null>(null);
  const done = signal<Done | null>(null);
  const scrolled = { top: 0 };
  const texts: Desk['texts'] = { of: null };
  let count = 0;

  const isReading = (): boolean => panel.details.reading.peek() !== null;

  const copy: Desk['copy'] = async (text, what) => {
    const isCopied = await panel.copy(text);
    count += 1;
    done.value = { what: isCopied ? what : 'not-copied', at: count };
  };

  const back = (): void => {
    if (!isReading()) return;
    panel.details.close();
    focus.value = 'row';
  };

  const open = (index: number): void => {
    panel.open(index);
    if (isReading()) focus.value = 'details';
  };

  const show = (view: ViewName): void => {
    scrolled.top = 0;
    panel.show(view);
  };

  const step = (by: number): void => {
    panel.step(by);
    if (!isReading()) focus.value = 'row';
  };

  const escape = (): void => {
    if (popup.peek() !== null) popup.value = null;
    else if (isReading()) back();
    else if (panel.isDocked) panel.close();
  };

  const act = (action: Action): void => {
    // What is under a popup is not to be moved by keys that are meant for it.
    if (popup.peek() !== null && action.kind !== 'escape') return;
    const { list, asked, preferences } = panel;
    switch (action.kind) {
      case 'step':
        return step(action.by);
      case 'end': {
        const last = (list.message.peek()?.count ?? 0) - 1;
        const from = list.current.peek()?.index ?? -1;
        return step((action.of === 'first' ? 0 : last) - from);
      }
      case 'filter':
        back();
        focus.value = 'filter';
        return;
      case 'help':
        popup.value = 'help';
        return;
      case 'back':
        return back();
      case 'writes':
        asked.peek().writesOnly.value = !asked.peek().writesOnly.value;
        return;
      case 'zone':
        return panel.prefer({ utc: !preferences.peek().utc });
      case 'preset':
        return asked.peek().choosePreset(action.preset);
      case 'view':
        return show(action.view);
      case 'copy': {
        const text = texts.of?.(action.format);
        if (text !== undefined) void copy(text, action.format);
        return;
      }
      case 'escape':
        return escape();
    }
  };

  return {
    popup,
    focus,
    done,
    scrolled,
    texts,
    act,
    open,
    back,
    show,
    copy,
    forget() {
      done.value = null;
    },
  };
}
