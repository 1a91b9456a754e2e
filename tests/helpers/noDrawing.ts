import { vi } from 'vitest';

/** For what draws on the way to something else: canvases without a context, frames that never come. */
export function stubDrawing(): void {
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      getContext = () => null;
    },
  );
  vi.stubGlobal('requestAnimationFrame', () => 1);
}
