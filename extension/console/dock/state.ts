/** What is remembered of a dock, for each host of the console. */

export interface DockState {
  open: boolean;
  /** px. */
  width: number;
  /** Whether the page makes room for the panel, or lies beneath it. */
  mode: 'push' | 'overlay';
}

export const WIDTH = { min: 320, max: 720, usual: 400 } as const;

/** Reads what was kept; what is unreadable in it is as it is at first. */
export function readDockState(kept: unknown): DockState {
  const { open, width, mode }: Partial<Record<string, unknown>> =
    typeof kept === 'object' && kept !== null ? { ...kept } : {};
  return {
    open: open === true,
    width: typeof width === 'number' ? clampWidth(width) : WIDTH.usual,
    mode: mode === 'overlay' ? 'overlay' : 'push',
  };
}

/** Gives the nearest width (whole px) that a panel may have; the usual one for what is no number. */
export function clampWidth(width: number): number {
  return Number.isNaN(width) ? WIDTH.usual : Math.min(WIDTH.max, Math.max(WIDTH.min, Math.round(width)));
}
