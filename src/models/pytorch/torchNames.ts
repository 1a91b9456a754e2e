import { CheckpointError } from './checkpointError.ts';
import type {
  PickleGlobal,
  PickleNames,
  PickleValue,
  StorageRef,
  TensorRef,
} from './pickleValue.ts';

/** Everything a pickle of weights may name besides storages. */
const CALLABLES: ReadonlySet<string> = new Set([
  'collections.OrderedDict',
  'torch._utils._rebuild_tensor',
  'torch._utils._rebuild_tensor_v2',
  'torch._utils._rebuild_parameter',
  'torch.nn.parameter.Parameter',
]);

/** `torch.FloatStorage`, `torch.cuda.HalfStorage`, …: kinds that cannot be read are told when one is. */
const STORAGE = /^torch\.(?:cuda\.)?([A-Z][A-Za-z0-9]*Storage)$/;

/** Dimensions a tensor may have. */
const MOST_DIMENSIONS = 16;

const damaged = (what: string) => new CheckpointError(`its pickle is damaged (${what})`);

function count(value: PickleValue | undefined, what: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw damaged(`${what} is not a count`);
}

function counts(value: PickleValue | undefined, what: string): number[] {
  if (!Array.isArray(value) || value.length > MOST_DIMENSIONS) throw damaged(`${what} is no shape`);
  return value.map((item) => count(item, what));
}

function ofKind<K extends 'storage' | 'tensor'>(
  value: PickleValue | undefined,
  kind: K,
): Extract<StorageRef | TensorRef, { kind: K }> {
  const found = typeof value === 'object' && value !== null && 'kind' in value ? value : null;
  if (found?.kind !== kind) throw damaged(`a ${kind} was expected`);
  return found as Extract<StorageRef | TensorRef, { kind: K }>;
}

function rebuildTensor(args: readonly PickleValue[]): TensorRef {
  const storage = ofKind(args[0], 'storage');
  const shape = counts(args[2], 'a shape');
  const strides = counts(args[3], 'the strides');
  if (strides.length !== shape.length) throw damaged('as many strides as dimensions were expected');
  return { kind: 'tensor', storage, offset: count(args[1], 'an offset'), shape, strides };
}

/** `OrderedDict()`, or `OrderedDict([[key, value], …])` as Python 2 wrote it. */
function orderedDict(args: readonly PickleValue[]): Map<PickleValue, PickleValue> {
  const items = args[0] ?? [];
  if (!Array.isArray(items)) throw damaged('a list of items was expected');
  return new Map(
    items.map((item): [PickleValue, PickleValue] => {
      const [key, value] = Array.isArray(item) ? item : [];
      if (key === undefined || value === undefined) throw damaged('a key without a value');
      return [key, value];
    }),
  );
}

function reduce({ name }: PickleGlobal, args: PickleValue[]): PickleValue {
  if (name === 'collections.OrderedDict') return orderedDict(args);
  if (name.startsWith('torch._utils._rebuild_tensor')) return rebuildTensor(args);
  // Parameter(tensor, …) and _rebuild_parameter(tensor, …): the tensor is all there is to it.
  if (CALLABLES.has(name)) return ofKind(args[0], 'tensor');
  throw damaged(`${name} is called`);
}

/** `('storage', class, key, device, length[, view])`; the sixth is None except in very old files. */
function persistent(id: PickleValue): StorageRef {
  const [tag, type, key, , length, view] = Array.isArray(id) ? id : [];
  const isClass = typeof type === 'object' && type !== null && 'kind' in type;
  const found = isClass && type.kind === 'global' ? STORAGE.exec(type.name) : null;
  if (tag !== 'storage' || !found?.[1] || typeof key !== 'string') {
    throw damaged('a storage was expected');
  }
  if (view !== undefined && view !== null) {
    throw new CheckpointError(
      'its storages are views of others; save it again with a newer PyTorch',
    );
  }
  return { kind: 'storage', type: found[1], key, length: count(length, 'a storage’s length') };
}

function global(name: string): PickleGlobal {
  if (CALLABLES.has(name) || STORAGE.test(name)) return { kind: 'global', name };
  throw new CheckpointError(
    `it names “${name}”, which a file of weights has no use for; nothing of it was run`,
  );
}

/** The names in a checkpoint of weights, read as data; `global` is the allow-list. */
export const TORCH_NAMES: PickleNames = { reduce, persistent, global };
