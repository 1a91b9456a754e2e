/** A class or function that a pickle names; it is never looked up or called. */
export interface PickleGlobal {
  readonly kind: 'global';
  /** Module and name, e.g. `collections.OrderedDict`. */
  readonly name: string;
}

/** The values of one contiguous run of numbers in the file. */
export interface StorageRef {
  readonly kind: 'storage';
  /** Name of the storage's class, e.g. `FloatStorage`. */
  readonly type: string;
  readonly key: string;
  /** Number of values. */
  readonly length: number;
}

/** A tensor as a checkpoint describes it: a view of a storage. Lengths, offset and strides in values. */
export interface TensorRef {
  readonly kind: 'tensor';
  readonly storage: StorageRef;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

/**
 * What a pickle can hold here. Tuples are lists; a dictionary (plain or ordered) is a Map; a whole
 * number beyond 2^53 is a bigint.
 */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | PickleValue[]
  | Map<PickleValue, PickleValue>
  | PickleGlobal
  | StorageRef
  | TensorRef;

/** What gives meaning to the names in a pickle: an allow-list; both throw for anything else. */
export interface PickleNames {
  /** The value of `callable(*args)`. */
  reduce(callable: PickleGlobal, args: PickleValue[]): PickleValue;
  /** The value a persistent id stands for. */
  persistent(id: PickleValue): StorageRef;
  /** Checks that a global may be named at all. */
  global(name: string): PickleGlobal;
}
