import { type GpuContext, requestDevice } from '../src/gpu/device.ts';
import { hasOwnDriver, useChromiumsDriver } from './vulkan.ts';

export interface NodeGpu {
  readonly context: GpuContext;
  /** @throws {Error} where the device reported an error that no call reported */
  check(): void;
  /** Must be called before the process ends, and nothing of the context used after it. */
  close(): void;
}

/** Dawn's objects do not keep Dawn alive: where this one is collected first, the process crashes. */
let dawn: GPU | null = null;

/** Dawn for Node; null where there is no build of it for this machine. */
async function loadDawn(): Promise<GPU | null> {
  try {
    const { create, globals } = await import('webgpu');
    Object.assign(globalThis, globals);
    return create([]);
  } catch {
    return null;
  }
}

async function openDevice(errors: string[]): Promise<GpuContext | null> {
  errors.length = 0;
  dawn = await loadDawn();
  return dawn && requestDevice(dawn, (message) => errors.push(message));
}

/**
 * A WebGPU device in Node: on the drivers the machine has, else on the SwiftShader of a Chromium that
 * is installed. Null where there is neither.
 */
export async function openGpu(): Promise<NodeGpu | null> {
  const errors: string[] = [];
  let context = hasOwnDriver() ? await openDevice(errors) : null;
  if (!context && useChromiumsDriver()) context = await openDevice(errors);
  if (!context) return null;
  const { device } = context;
  return {
    context,
    check() {
      const [error] = errors;
      if (error !== undefined) throw new Error(`the graphics device reported: ${error}`);
    },
    close() {
      device.destroy();
      dawn = null;
    },
  };
}
