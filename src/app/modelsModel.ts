import type { RangeId } from '../core/image/normalisation.ts';
import type { Shift } from '../core/inspect/alignment.ts';
import type { MetricValues } from '../core/metrics/types.ts';
import type { ModelCard } from '../protocol/engine.ts';
import type {
  ContractGuess,
  ModelContract,
  ModelFacts,
  ParityOutcome,
} from '../protocol/models.ts';
import type { OutputView } from './model.ts';

export type {
  ClassicalId,
  ContractGuess,
  ImageTensor,
  MaskInput,
  ModelContract,
  ModelFacts,
  ModelOutput,
  ParityOutcome,
  TensorFacts,
} from '../protocol/models.ts';

/*
 * The part of the contract between `src/app` and `src/ui` that speaks of methods: networks, LUT files
 * and classical methods, what is known of them, and what each made of a case.
 */

/**
 * A method by which outputs are told apart everywhere: a model's id, a LUT's id, a classical method's
 * id, or for dropped outputs the name of their folder or suffix ("output" where there is none).
 */
export type MethodId = string;

/** Where a method is on its way to being usable. */
export type MethodStatus =
  | { readonly status: 'ready' }
  /** Being read, looked into, tried on a small picture. */
  | { readonly status: 'opening'; readonly detail: string }
  | { readonly status: 'failed'; readonly message: string };

/** The same network in half precision, a file of its own. */
export interface MethodTwin {
  readonly fileName: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** The card of a method, in the order of the list of methods. */
export interface MethodView {
  readonly id: MethodId;
  readonly title: string;
  readonly kind: 'built-in' | 'user-model' | 'lut' | 'classical';
  readonly status: MethodStatus;
  /** What a classical method does, in one sentence; null for the others. */
  readonly sentence: string | null;
  readonly fileName: string | null;
  /** Hex; null for classical methods. */
  readonly sha256: string | null;
  readonly bytes: number | null;
  /** What runs in the place of a built-in network where shaders compute in half precision; else null. */
  readonly twin: MethodTwin | null;
  readonly licence: string | null;
  readonly training: string | null;
  /** Null for LUT files and classical methods. */
  readonly facts: ModelFacts | null;
  /** Multiply-accumulates for a 1280×720 frame, by the rule in `macsRule`; null where unknown. */
  readonly macs720p: number | null;
  readonly macsRule: string;
  readonly contract: ModelContract | null;
  /** What is not certain of the contract: the page asks about those that are `guess`. */
  readonly guesses: readonly ContractGuess[];
  readonly warnings: readonly string[];
  /** What it runs on here and why, a finished sentence; null before it is known. */
  readonly providerSentence: string | null;
  readonly parity: ParityOutcome | null;
  /** A built-in model's card; null for the others. */
  readonly card: ModelCard | null;
  /** Seconds for a million pixels, measured on this device; null until it ran. */
  readonly secondsPerMegapixel: number | null;
  /** Megapixels of the picture that this was measured on. */
  readonly measuredOn: number | null;
  /** True where `removeMethod` frees its file. */
  readonly removable: boolean;
}

/** What one method made of a case. */
export interface MethodOutputView {
  readonly methodId: MethodId;
  /** Title of the method; of a dropped output, its folder or suffix. */
  readonly title: string;
  readonly output: OutputView;
  /** How much of the method's output it is, in percent; the rest is the input. */
  readonly strength: number;
  /** Under which it is compared with the ground truth, and shown; absent: as it is. */
  readonly shift?: Shift;
  /** The network saw another person mask than the case has now. */
  readonly stale?: true;
  /** The RAIM set; null until it is measured, or without ground truth. */
  readonly values: MetricValues | null;
}

/** Changes to a model's contract that the user makes with one click; the model is tried anew. */
export interface ContractChange {
  readonly layout?: 'NCHW' | 'NHWC';
  readonly channels?: 'RGB' | 'BGR';
  readonly range?: RangeId;
  readonly outputRange?: RangeId;
  readonly sizeMultiple?: number;
  /** `none`: where the network has room for a mask, it is filled with ones. */
  readonly mask?: 'none' | 'channel' | 'tensor';
  /** The input that is given the picture, of two that are alike; the other is given the mask. */
  readonly picture?: string;
  readonly whole?: boolean;
}

export interface MethodCommands {
  /** Runs these methods over the case on screen, one after another; each becomes an output of its own. */
  runMethods(ids: readonly MethodId[]): Promise<void>;
  /**
   * Runs the networks anew that saw another person mask than the case on screen has now. Which output is
   * shown stays as it is.
   */
  restoreStale(): Promise<void>;
  /** Shows this output of the case on screen: it is the one that numbers, maps and export speak of. */
  showMethod(id: MethodId): Promise<void>;
  /** Takes one output out of a case. */
  removeOutput(caseId: string, methodId: MethodId): Promise<void>;
  /** Forgets a model or LUT file and frees its space; outputs it made stay. */
  removeMethod(id: MethodId): Promise<void>;
  changeContract(id: MethodId, change: ContractChange): Promise<void>;
  /** Looks into a built-in network's file for `facts`, once; the file is fetched where it is not here. */
  learnFacts(id: MethodId): Promise<void>;
  checkParity(id: MethodId): Promise<void>;
}
