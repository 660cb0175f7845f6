import { mountPanel } from '../../panel/mount.tsx';
import { connectPanel } from './port.ts';

/** The dock gives a nonce of 128 bits in hex; a panel in a tab of its own is given what it is to show. */
const isNonce = /^[\da-f]{32}$/;

const fragment = location.hash.slice(1);
// A nonce is nobody else's, and what to show is only where to begin.
history.replaceState(null, '', location.pathname);
const nonce = isNonce.test(fragment) ? fragment : null;

const root = document.querySelector('#app');
if (root) {
  mountPanel(connectPanel(nonce, window.top !== window), {
    document,
    root,
    browserLanguage: navigator.language,
    state: nonce === null ? fragment : '',
  });
}
