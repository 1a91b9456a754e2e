import type { EngineView } from '../app/model.ts';

export type ReadyEngine = Extract<EngineView, { status: 'ready' }>;
export type EngineInfo = ReadyEngine['info'];
export type ModelEntry = ReadyEngine['models'][number];

/** The engine's facts once there are any. */
export function readyEngine(engine: EngineView): ReadyEngine | null {
  return engine.status === 'ready' ? engine : null;
}

/** Why the engine did not start; null where it did, or still may. */
export function engineFailure(engine: EngineView): string | null {
  return engine.status === 'failed' ? engine.message : null;
}
