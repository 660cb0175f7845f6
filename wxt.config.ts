import { defineConfig } from 'wxt';
import { CONSOLE_HOSTS, PANEL_PAGE } from './extension/protocol/dock.ts';

const CONSOLES = CONSOLE_HOSTS.map((host) => `https://${host}`);
const CONSOLE_PAGES = CONSOLES.map((origin) => `${origin}/*`);

/** Where a Worker may be: anywhere over TLS, and unencrypted on this machine alone. */
const WORKERS = ['https://*/*', 'http://127.0.0.1/*', 'http://localhost/*'];

/**
 * Nothing is loaded from elsewhere and no page frames others; only the network is open, to what the user allowed.
 * One policy is for all pages. The console may frame the panel; of the other pages it has no address that it could
 * load, and the background answers them in no frame.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  'connect-src https: http://127.0.0.1:* http://localhost:*',
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  `frame-ancestors ${CONSOLES.join(' ')}`,
].join('; ');

export default defineConfig({
  srcDir: 'extension',
  publicDir: 'extension/public',
  imports: false,
  manifestVersion: 3,
  manifest: ({ browser }) => ({
    name: '__MSG_name__',
    description: '__MSG_description__',
    default_locale: 'en',
    permissions: ['alarms', 'storage'],
    // Asked for by a click in the options. Chrome and Firefox both let it be asked for, and taken back, at any time.
    optional_permissions: ['notifications'],
    optional_host_permissions: WORKERS,
    action: { default_title: '__MSG_open__' },
    commands: { _execute_action: { suggested_key: { default: 'Alt+Shift+A' } } },
    content_scripts: [{ matches: CONSOLE_PAGES, js: ['dock.js'], run_at: 'document_idle' }],
    web_accessible_resources: [
      {
        resources: [PANEL_PAGE],
        matches: CONSOLE_PAGES,
        // Under another address at each start of the browser; in Firefox all addresses are random already.
        ...(browser !== 'firefox' && { use_dynamic_url: true }),
      },
    ],
    content_security_policy: { extension_pages: CONTENT_SECURITY_POLICY },
    // Of what the code needs, `URL.parse` came last to Chrome.
    ...(browser === 'firefox' ? { browser_specific_settings: FIREFOX } : { minimum_chrome_version: '126' }),
  }),
  zip: {
    // What a reviewer needs to build the same package.
    includeSources: [
      'extension/**',
      'shared/**',
      'wxt.config.ts',
      'tsconfig.json',
      'package.json',
      'package-lock.json',
      'README.md',
      'LICENSE',
    ],
  },
  vite: () => ({ build: { modulePreload: false } }),
});

/** The first version that reads `data_collection_permissions`; its ESR has all else that the code needs. */
const FIREFOX = {
  gecko: {
    id: '{7d1c3c5e-4b0a-4a5e-9a53-2f6c0e8b71d4}',
    strict_min_version: '140.0',
    // Nothing goes to who made the extension: it talks to the Worker that its user enters.
    data_collection_permissions: { required: ['none' as const] },
  },
};
