import { panelEn } from './panel-en.ts';

/** Every text in English. The other languages are typed by this one. */
export const en = {
  options: 'options',
  language: 'Language',
  colours: 'Colours',
  reading: 'Reading',
  asTheBrowser: 'As the browser',
  light: 'Light',
  dark: 'Dark',
  betweenSentences: ' ',

  loading: 'Loading',
  connection: 'Connection',
  intro: 'See who did what in Tencent Cloud. Three steps, once.',
  addressLabel: 'Worker address',
  addressHint:
    'Where your company runs Sidetrail. Your admin knows it; on your own machine, npm start prints it.',
  tokenLabel: 'Token',
  tokenHint:
    'An admin makes one for you. It stays in this browser, is sent to that address alone, and is never shown again.',
  connectHint:
    'Your browser asks whether Sidetrail may talk to that one address. Allow it; nothing else is asked for.',
  connect: 'Connect',
  connecting: 'Connecting …',
  keepAsIs: 'Keep it as it is',
  checking: (origin: string) => `Asking ${origin} …`,
  signedInAs: (name: string) => `Signed in as ${name}.`,
  answeredIn: (ms: string) => `Answered in ${ms} ms.`,
  replaceToken: 'Replace token',
  checkAgain: 'Check again',
  signOut: 'Sign out',
  signOutHint: 'Removes the token, the permission and the kept events from this browser.',
  signedOut: 'Signed out. The token, the permission and the kept events are gone from this browser.',

  access: 'What you may see',
  role: 'Role',
  roles: {
    member: 'Member: what your own operators did',
    lead: 'Lead: what your own and your teams’ operators did',
    auditor: 'Auditor: everything in your accounts',
    admin: 'Admin: everything in your accounts, and settings',
  },
  accounts: 'Accounts',
  noAccounts: 'None yet. An admin grants them to you, or no events have come in.',
  operators: 'Your operators',
  noOperators: 'None. An admin can say which operators are you.',
  teams: 'Teams you lead',
  noTeams: 'None',
  teamSize: (count: number, shown: string) => (count === 1 ? '1 operator' : `${shown} operators`),
  inAccount: (account: string) => `in ${account}`,

  freshness: 'How fresh the data is',
  noSources: 'No events have come in yet.',
  sources: {
    api: 'Read from CloudAudit',
    files: 'Imported files',
    eventbridge: 'EventBridge',
    push: 'Pushed',
    demo: 'Demo data',
  },
  newestEvent: (time: string, ago: string) => `Newest event ${time} (${ago})`,
  noEvent: 'No event yet',
  lastReceived: (time: string) => `Last received ${time}`,
  oldest: 'Oldest event',
  cache: 'Cache',
  cached: (count: number, shown: string, day: string) =>
    count === 1 ? `1 event since ${day}` : `${shown} events since ${day}`,
  cacheEmpty: 'No event is kept in this browser yet',
  demo: (account: string) =>
    `Demo data. Some of what you see is about a made-up company (account ${account}); nobody really did that.`,

  problems: {
    'no-address': 'Enter the address of your Worker, such as https://audit.example.com.',
    'not-an-address': 'This cannot be read as an address. Enter one such as https://audit.example.com.',
    insecure:
      'Anybody on the way could read your token here. Use https://; http:// is for this machine alone.',
    'no-token': 'Enter your token. If you have none, ask an admin for one.',
    'not-a-token': 'A token has no spaces and no accents. Copy it again, whole.',
    permission:
      'Sidetrail may not talk to this address yet. Try again and choose Allow. If your browser does not ask, a policy of your company decides: ask your IT.',
    unreachable:
      'Nothing answers at this address. Check it for typing errors, and that the Worker runs and you are on the right network; then try again.',
    'token-refused':
      'The Worker does not know this token, or it has expired. Copy it again, or ask an admin for a new one.',
    'ingest-token': 'This token can only send records in. Ask an admin for a token of yours as a member.',
    foreign:
      'Something answers at this address, but it is not Sidetrail. Check the address; if a sign-in page stands before it, sign in there first.',
    'not-configured':
      'The Worker is there but not set up. Ask its admin to set SIDETRAIL_SECRET and deploy again.',
    'worker-failed': 'The Worker failed to answer.',
    'extension-failed':
      'Sidetrail itself failed. Reload this page; if it keeps failing, reload the extension.',
  },
  tellAdmin: (id: string | undefined) =>
    id === undefined
      ? 'If it keeps failing, tell your admin.'
      : `If it keeps failing, give your admin the id ${id}.`,
  notNow: (name: string) => `The connection to ${name} is kept, but does not work now.`,

  panel: panelEn,
};

/** What a language has to say. */
export type Texts = typeof en;
