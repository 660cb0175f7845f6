/** The switch for desktop notifications: the permission itself, so that there is one truth. */
import { signal, type ReadonlySignal } from '@preact/signals';

export interface NoticesBackend {
  isAllowed(): Promise<boolean>;
  /** Asks the person. To be called first thing in a click, or the browser refuses to ask. */
  allow(): Promise<boolean>;
  /** Gives the permission back; false where it is not ours to give. */
  release(): Promise<boolean>;
  /** Calls back whenever permissions changed, here or elsewhere in the browser. */
  onChange(work: () => void): void;
  openAlerts(): void;
}

export interface Notices {
  /** Undefined until it is known. */
  isOn: ReadonlySignal<boolean | undefined>;
  /** The browser decided otherwise than was asked last. */
  isRefused: ReadonlySignal<boolean>;
  load: () => Promise<void>;
  /** To be called in the click itself. */
  turn: (on: boolean) => Promise<void>;
  openAlerts: () => void;
}

export function createNotices(backend: NoticesBackend): Notices {
  const isOn = signal<boolean | undefined>(undefined);
  const isRefused = signal(false);
  const read = async (): Promise<void> => {
    isOn.value = await backend.isAllowed().catch(() => false);
  };
  return {
    isOn,
    isRefused,
    async load() {
      backend.onChange(() => void read());
      await read();
    },
    async turn(on) {
      isRefused.value = false;
      await (on ? backend.allow() : backend.release()).catch(() => false);
      await read();
      isRefused.value = isOn.value !== on;
    },
    openAlerts: () => backend.openAlerts(),
  };
}
