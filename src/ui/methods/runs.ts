import type {
  AppState,
  CaseView,
  MethodId,
  MethodView,
  OutputView,
  ParityOutcome,
} from '../../app/model.ts';
import { formatSeconds } from '../format.ts';

/** Where a method stands with a case. */
export type RunState = 'opening' | 'failed' | 'running' | 'waiting' | 'done' | 'new';

/**
 * @param state what is running now, of any case
 * @param asked methods whose turn is still to come
 */
export function runState(
  state: Pick<AppState, 'job'>,
  item: Pick<CaseView, 'id' | 'methods'>,
  method: Pick<MethodView, 'id' | 'status'>,
  asked: ReadonlySet<MethodId> = new Set(),
): RunState {
  const { job } = state;
  if (method.status.status !== 'ready') return method.status.status;
  if (job?.kind === 'restore' && job.caseId === item.id && job.methodId === method.id) {
    return 'running';
  }
  if (asked.has(method.id)) return 'waiting';
  return item.methods.some(({ methodId }) => methodId === method.id) ? 'done' : 'new';
}

const PARITY: Readonly<Record<ParityOutcome['verdict'], string>> = {
  agree: ' WebGPU and WASM agree on it.',
  differ: ' WebGPU was found to be wrong for it.',
  failed: ' WebGPU cannot run it.',
  'not-applicable': '',
};

/**
 * How an output came to be, in a sentence or two.
 * @param methods all there are: what ran is told by its hash
 */
export function lastRun(
  { origin }: OutputView,
  methods: readonly Pick<MethodView, 'twin'>[],
): string {
  if (origin.kind === 'dropped') return 'This output is a file of yours.';
  const provider = origin.settings.provider === 'webgpu' ? 'WebGPU' : 'WASM';
  const where = origin.adapter === null ? provider : `${provider} with ${origin.adapter}`;
  const isTwin = methods.some(({ twin }) => twin?.sha256 === origin.settings.modelSha256);
  const precision = isTwin ? ' in half precision' : '';
  const tiles = origin.tiles === 1 ? 'one piece' : `${origin.tiles} tiles`;
  const how = `${formatSeconds(origin.seconds)} on ${where}${precision}, in ${tiles}`;
  const parity = origin.parity === null ? '' : PARITY[origin.parity];
  return origin.fromCache
    ? `From storage; ${origin.modelTitle} made it in ${how}.${parity}`
    : `Restored by ${origin.modelTitle} in ${how}.${parity}`;
}
