/** The extension as it is shipped: what it weighs, and a folder of it with what measures it. */
import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildExtension } from '../../support/extension-build.ts';
import { BLANK } from './blank.ts';
import { IN_PANEL } from './probe.ts';

export interface Built {
  /** For a browser to load. */
  folder: string;
  /** Bytes. */
  zip: number;
  contentScript: number;
}

/** Builds into `out`. The probe and a blank page to compare with are added after all was weighed. */
export async function buildMeasured(out: string): Promise<Built> {
  const folder = await buildExtension(out, { zips: true });
  const [zip, ...more] = globSync(join(out, '*-chrome.zip'));
  if (zip === undefined || more.length > 0) throw new Error(`not one zip for Chrome in ${out}`);
  const weighed = { zip: statSync(zip).size, contentScript: statSync(join(folder, 'dock.js')).size };
  const panel = readFileSync(join(folder, 'panel.html'), 'utf8');
  const probed = panel.replace('<head>', '<head><script src="/probe.js" defer></script>');
  const files = { ...BLANK, 'probe.js': IN_PANEL, 'panel.html': probed };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return { folder, ...weighed };
}
