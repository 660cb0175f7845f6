import { effect } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';

/**
 * Runs once drawn, and at once whenever a signal that it reads changes: where the focus goes cannot wait for the
 * next frame, since the next key may come before it.
 */
export function useNow(run: () => void): void {
  useLayoutEffect(() => effect(run), []);
}
