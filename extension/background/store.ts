/** What the extension keeps in the browser's storage, typed, with what is unreadable taken as absent. */
import { DEFAULT_PANEL_PREFERENCES, type PanelPreferences } from '../protocol/panel.ts';
import { DEFAULT_PREFERENCES, LANGUAGES, THEMES, type Preferences } from '../protocol/preferences.ts';

/** The little that is needed of `storage.local`. */
export interface Area {
  get(key: string): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(key: string): Promise<void>;
}

export interface Connection {
  origin: string;
  token: string;
}

export interface Store {
  connection(): Promise<Connection | undefined>;
  setConnection(connection: Connection): Promise<void>;
  removeConnection(): Promise<void>;
  preferences(): Promise<Preferences>;
  setPreferences(preferences: Preferences): Promise<void>;
  panelPreferences(): Promise<PanelPreferences>;
  setPanelPreferences(preferences: PanelPreferences): Promise<void>;
}

export function openStore(area: Area): Store {
  const read = async (key: string): Promise<Partial<Record<string, unknown>>> => {
    const { [key]: value } = await area.get(key);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  };
  return {
    async connection() {
      const { origin, token } = await read('connection');
      return typeof origin === 'string' && typeof token === 'string' ? { origin, token } : undefined;
    },
    setConnection: ({ origin, token }) => area.set({ connection: { origin, token } }),
    removeConnection: () => area.remove('connection'),
    async preferences() {
      const { language, theme } = await read('preferences');
      return {
        language: LANGUAGES.find((known) => known === language) ?? DEFAULT_PREFERENCES.language,
        theme: THEMES.find((known) => known === theme) ?? DEFAULT_PREFERENCES.theme,
      };
    },
    setPreferences: ({ language, theme }) => area.set({ preferences: { language, theme } }),
    async panelPreferences() {
      const { utc, singleKeys } = await read('panel');
      return {
        utc: typeof utc === 'boolean' ? utc : DEFAULT_PANEL_PREFERENCES.utc,
        singleKeys: typeof singleKeys === 'boolean' ? singleKeys : DEFAULT_PANEL_PREFERENCES.singleKeys,
      };
    },
    setPanelPreferences: ({ utc, singleKeys }) => area.set({ panel: { utc, singleKeys } }),
  };
}
