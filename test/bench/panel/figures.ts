/** What was measured, as figures beside their targets. */
import { median, quantile } from '../statistics.ts';
import type { Figure } from '../figure.ts';

/** Values of one thing that was measured again and again. */
export interface Series {
  values: readonly number[];
  /** Load of the machine while it was measured: runnable tasks, mean of a minute. */
  load: number;
}

export interface Measured {
  zip: number;
  contentScript: number;
  changes: number;
  blank: Series;
  contentScriptMs: Series;
  openWarm: Series;
  openStopped: Series;
  /** The same by a finger, which gives no sign beforehand. */
  tapWarm: Series;
  tapStopped: Series;
  keyWarm: Series;
  keyStopped: Series;
  /** The longest frame of each run. */
  scrollRead: Series;
  scrollLeafed: Series;
  scrollDragged: Series;
}

/** `value` is the one that is judged. */
export interface PanelFigure extends Figure {
  median: number;
  p95: number;
  most: number;
  times: number;
  /** Median ÷ that of the blank page. */
  blanks?: number;
  load?: number;
}

/** ms of two refreshes of a screen, the least that one dropped frame takes. */
const FRAME = 33.4;

type Judged = 'median' | 'p95' | 'most';

/**
 * Every figure. Times are judged by their median, for the machine may be busy with something else now and then, and
 * keys, of which there are many, by the 95th percentile.
 */
export function figuresOf(measured: Measured): PanelFigure[] {
  const blank = median(measured.blank.values);
  const panel = (name: string, series: Series, most: number, judged: Judged): PanelFigure => ({
    ...timed(name, series, judged),
    target: { most },
    blanks: median(series.values) / blank,
  });
  return [
    single('package', measured.zip / 1000, 'kB (zip)', 150),
    single('content script', measured.contentScript / 1000, 'kB (minified)', 12),
    {
      ...timed('content script at page load', measured.contentScriptMs, 'median', 'ms (processor)'),
      target: { most: 5 },
    },
    single('sync of 1,000 new events', measured.changes / 1000, 'kB (gzip)', 120),
    timed('blank page of the extension', measured.blank, 'median'),
    panel('click to rows, offline, warm', measured.openWarm, 100, 'median'),
    panel('click to rows, offline, background stopped', measured.openStopped, 400, 'median'),
    panel('tap to rows, offline, warm', measured.tapWarm, 100, 'median'),
    panel('tap to rows, offline, background stopped', measured.tapStopped, 400, 'median'),
    panel('key to result, warm', measured.keyWarm, 50, 'p95'),
    panel('key to result, background stopped', measured.keyStopped, 400, 'median'),
    panel('longest frame of 120, scrolled as one reads', measured.scrollRead, FRAME, 'median'),
    panel('longest frame of 120, leafed through', measured.scrollLeafed, FRAME, 'median'),
    panel('longest frame of 120, bar dragged', measured.scrollDragged, FRAME, 'median'),
  ];
}

function single(name: string, value: number, unit: string, most: number): PanelFigure {
  return { name, value, unit, target: { most }, median: value, p95: value, most: value, times: 1 };
}

function timed(name: string, { values, load }: Series, judged: Judged, unit = 'ms'): PanelFigure {
  const found = { median: median(values), p95: quantile(values, 0.95), most: Math.max(...values) };
  return { name, value: found[judged], unit, ...found, times: values.length, load };
}
