/** The elements of the dock. Of all of them the page's document has but the host. */
import { LOOK } from './look.ts';
import { WIDTH } from './state.ts';
import type { Texts } from './texts.ts';

/** What is there from the beginning. */
export interface Shell {
  host: HTMLElement;
  /** Has the class `open` while the panel is. */
  box: HTMLElement;
  handle: HTMLElement;
  /** Where the focus is within the dock. */
  focused(): Element | null;
}

/** What is there once the panel was opened. */
export interface Furniture {
  dock: HTMLElement;
  grip: HTMLElement;
  /** Switches between pushing and lying over. */
  mode: HTMLElement;
  modePath: Element;
  /** A style sheet for the page. It lies within the host, so that nothing is left of it where that is gone. */
  push: HTMLStyleElement;
}

/** The attribute that tells a host, for one that outlived its extension to be found. */
const MARK = 'data-sidetrail';

/**
 * Makes the host and the handle, in no document yet. They are in a closed shadow root of a plain `div`: of an
 * element with a name of its own the page could be the one to define what it does, and see into it.
 */
export function createShell(texts: Texts): Shell {
  const host = element('div', { [MARK]: '' });
  const root = host.attachShadow({ mode: 'closed' });
  const look = element('style', {});
  look.textContent = LOOK;
  const handle = element('button', { class: 'handle', 'aria-label': texts.open, title: texts.open });
  handle.append(icon('M7 16V4M7 10.5c4.2 0 6-1.4 6-4M13 3.1a1.9 1.9 0 1 0 .01 0').svg);
  const box = element('div', {});
  box.append(handle);
  root.append(look, box);
  return { host, box, handle, focused: () => root.activeElement };
}

/** Makes the rest, and puts it into the shell. */
export function furnish({ host, box }: Shell, texts: Texts): Furniture {
  const grip = element('div', {
    class: 'grip',
    role: 'separator',
    tabindex: '0',
    'aria-orientation': 'vertical',
    'aria-label': texts.width,
    'aria-valuemin': `${WIDTH.min}`,
    'aria-valuemax': `${WIDTH.max}`,
  });
  const mode = element('button', { class: 'mode' });
  const { svg, path: modePath } = icon('');
  mode.append(svg);
  const dock = element('div', { class: 'dock', role: 'complementary', 'aria-label': texts.name });
  dock.append(grip, mode);
  box.append(dock);
  const push = element('style', {});
  host.append(push);
  return { dock, grip, mode, modePath, push };
}

/** Takes away what is left of docks. */
export function removeShells(page: Document): void {
  for (const host of page.querySelectorAll(`:root>[${MARK}]`)) host.remove();
}

/**
 * A frame for the panel. Its address is nowhere that the page can look; a frame within a shadow root is not
 * among the page's `frames` either.
 */
export function createFrame(src: string, title: string): HTMLIFrameElement {
  return element('iframe', { src, title, allow: 'clipboard-write' });
}

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>>,
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}

const SVG = 'http://www.w3.org/2000/svg';

function icon(d: string): { svg: Element; path: Element } {
  const svg = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', d);
  svg.append(path);
  return { svg, path };
}
