/** The panel's page with a fake background: `?view=&state=&lang=&theme=&events=&docked=&q=`. */
import { mountPanel } from '../../../extension/panel/mount.tsx';
import type { Listener } from '../../../extension/panel/backend.ts';
import { LANGUAGES, THEMES } from '../../../extension/protocol/preferences.ts';
import type { PageBeside } from '../../../extension/protocol/panel.ts';
import { eventOf, NOW } from './events.ts';
import { createFake } from './fake-background.ts';
import { STATES } from './standings.ts';

const given = new URLSearchParams(location.search);
const state = STATES.find((one) => one === given.get('state')) ?? 'fine';
const view = given.get('view') ?? 'me';
const copied: string[] = [];

/** The instance of the newest event of one that has no name there: only the page knows it. */
function newestInstance(number = 0): string {
  const [first] = eventOf(number).resources;
  return first?.type === 'instance' && first.name === undefined ? first.id : newestInstance(number + 1);
}

const page: PageBeside = {
  products: ['cvm'],
  region: 'ap-guangzhou',
  resources: given.has('product')
    ? []
    : [
        {
          type: 'instance',
          id: state === 'own-only' ? 'ins-m3b6c0zx' : newestInstance(),
          ...(!given.has('nameless') && { name: 'web-gz-03' }),
        },
      ],
  isDetail: true,
  ...(state === 'identity' && { console: { uin: '100000000012', ownerUin: '100000000000' } }),
};

let listener: Listener | undefined;
const fake = createFake({
  state,
  events: state === 'nothing-yet' ? 0 : Number(given.get('events') ?? 2000),
  page: given.get('docked') === 'no' ? null : page,
  language: LANGUAGES.find((one) => one === given.get('lang')) ?? 'en',
  theme: THEMES.find((one) => one === given.get('theme')) ?? 'light',
  say: (message) => listener?.hear(message),
});

const root = document.querySelector('#app');
if (root) {
  const asked = { view, ...(given.has('q') && { q: given.get('q') ?? '' }), time: given.get('time') ?? '7d' };
  mountPanel(
    {
      listen(next) {
        listener = next;
        fake.hear({ kind: 'hello', nonce: null });
        next.begin();
        if (given.get('state') === 'lost') next.lost();
      },
      send: fake.hear,
      copy: async (text) => copied.push(text) > 0,
      now: () => NOW,
      zone: 'Asia/Shanghai',
      isDocked: given.get('docked') !== 'no',
    },
    { document, root, browserLanguage: 'en-GB', state: new URLSearchParams(asked).toString() },
  );
}

Object.assign(window, { harness: { heard: fake.heard, arrive: fake.arrive, copied } });
