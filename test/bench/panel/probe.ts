/**
 * What looks at the panel from within its own frame: a script more in the measured copy of the extension, which talks
 * to the console page around it. (What is shipped never does.)
 *
 * A time begins when the browser took in the click or the key (its event's own time stamp) and ends when what was
 * expected is on the screen: the first task behind the animation frame that follows the change of the DOM, which a
 * MutationObserver sees. Both ends are ms since 1970, so they may be of two frames in two processes.
 */

/** Calls back with the time (ms since 1970) when the next frame was painted. */
export const AFTER_PAINT = `
  const afterPaint = (painted) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => painted(performance.timeOrigin + performance.now());
    port2.postMessage(null);
  });`;

/**
 * In the panel. Tells by itself when rows were first painted where they can be seen: a panel that was loaded before
 * it was opened lies beside the window until then. When asked, `painted` is the time from the last key
 * press to the paint of the answer to the question that it made (every answer makes an end of `aria-busy`),
 * `scroll` the times between two frames.
 */
export const IN_PANEL = `{
  ${AFTER_PAINT}
  const tell = (probe, value) => parent.postMessage({ probe, value }, '*');
  let isFirst = true;
  const inSight = new Promise((resolve) => {
    new IntersectionObserver((seen, observer) => {
      if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      // Told behind the frame in which it came into sight.
      resolve(performance.timeOrigin + performance.now());
    }).observe(document.documentElement);
  });
  let pressed;
  let isBusy = false;
  let answer = Promise.withResolvers();
  const look = () => {
    if (isFirst && document.querySelector('button.row')) {
      isFirst = false;
      afterPaint(async (at) => tell('first', Math.max(at, await inSight)));
    }
    const busy = document.querySelector('main [aria-busy]')?.getAttribute('aria-busy');
    if (pressed === undefined || busy === undefined) return;
    if (busy === 'true') isBusy = true;
    else if (isBusy) {
      const from = pressed;
      const { resolve } = answer;
      pressed = undefined;
      isBusy = false;
      afterPaint((at) => resolve(at - from));
    }
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
  addEventListener('keydown', ({ timeStamp }) => {
    pressed = performance.timeOrigin + timeStamp;
    isBusy = false;
    answer = Promise.withResolvers();
  }, { capture: true });
  const able = {
    painted: () => answer.promise,
    count: () => Number(document.querySelector('.cap [role=status]').textContent.replaceAll(/\\D/g, '')),
    /** Nobody sees the panel: it does not wake the background by itself. */
    hide: (isHidden) => void Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden }),
    scroll: (by, frames) => new Promise((resolve) => {
      const scroller = document.querySelector('.scroll');
      const gaps = [];
      let before;
      const step = (at) => {
        if (before !== undefined) gaps.push(at - before);
        before = at;
        if (gaps.length >= frames) return resolve(gaps);
        scroller.scrollTop += by;
        requestAnimationFrame(step);
      };
      requestAnimationFrame(step);
    }),
  };
  addEventListener('message', async ({ data: { asked, what, args } }) => tell(asked, await able[what](...args)));
}`;

/** In the console page. */
export const IN_CONSOLE = `{
  const answers = new Map();
  let clicked;
  let panel;
  let first;
  addEventListener('click', ({ timeStamp }) => {
    clicked = performance.timeOrigin + timeStamp;
    first = Promise.withResolvers();
  }, { capture: true });
  addEventListener('message', ({ source, data }) => {
    if (data.probe === 'first') {
      panel = source;
      first.resolve(data.value - clicked);
    } else answers.get(data.probe)?.(data.value);
  });
  globalThis.probe = {
    first: () => first.promise,
    isGone: () => panel.closed,
    ask: (what, ...args) => new Promise((resolve) => {
      answers.set(answers.size, resolve);
      panel.postMessage({ asked: answers.size - 1, what, args }, '*');
    }),
  };
}`;
