import type { AppStore } from './state.ts';

/** Shows of every case whether it is among those that are being restored, or wait for it. */
export function showRestoring({ state, patchCase }: AppStore, ids: readonly string[]): void {
  for (const { id, restoring } of state.cases) {
    if (restoring !== ids.includes(id)) patchCase(id, { restoring: !restoring });
  }
}
