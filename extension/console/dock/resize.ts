import { clampWidth, WIDTH } from './state.ts';
import { listenTo, type Listening } from './trusted.ts';

/** How far an arrow key moves the grip (px). */
const STEP = 16;

/** What the grip changes. Widths are px and within bounds. */
export interface Resizing {
  width(): number;
  /** While it is dragged: the panel follows, the page is left alone until it is let go. */
  drag(width: number): void;
  /** It is to stay so. */
  settle(width: number): void;
  close(): void;
}

/** Lets the grip be dragged, and moved by its keys. The panel is on the right: what moves left makes it wider. */
export function resizeBy(grip: HTMLElement, resizing: Resizing, listening: Listening): void {
  let from: { x: number; width: number } | undefined;

  listenTo(
    grip,
    'pointerdown',
    (event) => {
      if (event.button !== 0) return;
      grip.setPointerCapture(event.pointerId);
      from = { x: event.clientX, width: resizing.width() };
    },
    listening,
  );
  listenTo(
    grip,
    'pointermove',
    ({ clientX }) => {
      if (from) resizing.drag(clampWidth(from.width + from.x - clientX));
    },
    listening,
  );
  // However the drag ends: by letting go, by a gesture of the system, or because the grip went away.
  listenTo(
    grip,
    'lostpointercapture',
    () => {
      if (!from) return;
      from = undefined;
      resizing.settle(resizing.width());
    },
    listening,
  );
  listenTo(
    grip,
    'keydown',
    (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const width = widthByKey(event.key, resizing.width());
      if (width === undefined && event.key !== 'Escape') return;
      // The page has keys of its own.
      event.preventDefault();
      event.stopPropagation();
      if (width === undefined) resizing.close();
      else resizing.settle(width);
    },
    listening,
  );
}

/** The width (px) that a key makes of one; undefined for a key that does not change widths. */
export function widthByKey(key: string, width: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
      return clampWidth(width + STEP);
    case 'ArrowRight':
      return clampWidth(width - STEP);
    case 'Home':
      return WIDTH.min;
    case 'End':
      return WIDTH.max;
    default:
      return undefined;
  }
}
