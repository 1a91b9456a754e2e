import {
  NORMALISATIONS,
  type Normalisation,
  sameNormalisation,
} from '../../../../core/image/normalisation.ts';
import type { ContractGuess } from '../../../../protocol/models.ts';
import type { ModelNode, OnnxModel } from '../graph.ts';
import { type Affine, CARRIERS, composed, stepOf, UNCHANGED, type Wiring } from './paths.ts';

/** What is known of the values of an input or an output. */
export interface RangeGuess {
  readonly normalisation: Normalisation;
  readonly known: ContractGuess['known'];
  readonly reason: string;
}

const { unit: UNIT, signed: SIGNED, byte: BYTES } = NORMALISATIONS;

const near = (x: number, y: number, tolerance: number) => Math.abs(x - y) <= tolerance;

function spread(list: readonly number[]): readonly [number, number, number] {
  return [list[0] ?? 0, list[1 % list.length] ?? 0, list[2 % list.length] ?? 0];
}

/** The arithmetic with constants that a network begins with. */
function entry(wiring: Wiring, input: string): Affine {
  let affine = UNCHANGED;
  let name = input;
  const seen = new Set<string>();
  for (;;) {
    if (seen.has(name)) return affine;
    seen.add(name);
    const readers = wiring.readers.get(name) ?? [];
    const [node] = readers;
    const [output] = node?.outputs ?? [];
    if (readers.length !== 1 || !node || output === undefined) return affine;
    const step = stepOf(node, name, wiring);
    if (!step && !CARRIERS.has(node.operator)) return affine;
    if (step) affine = composed(affine, step);
    name = output;
  }
}

function describe({ factor, offset }: Affine): RangeGuess | null {
  const [a, b] = [spread(factor), spread(offset)];
  const every = (test: (x: number, y: number) => boolean) => a.every((x, i) => test(x, b[i] ?? 0));
  const graph = (normalisation: Normalisation, reason: string): RangeGuess => ({
    normalisation,
    known: 'graph',
    reason,
  });
  if (every((x, y) => near(x, 1, 1e-6) && near(y, 0, 1e-6))) return null;
  // Undoes a normalisation, so it is one that goes in.
  if (every((x, y) => x > 0.15 && x < 0.35 && y > 0.3 && y < 0.6)) {
    return graph(
      { mean: b, std: a },
      'The network begins by undoing a mean and a deviation, so it takes normalised values.',
    );
  }
  if (every((x, y) => near(x, 0.5, 0.02) && near(y, 0.5, 0.02))) {
    return graph(SIGNED, 'The network begins by turning [−1, 1] into [0, 1].');
  }
  if (every((x) => x > 0 && x < 0.05)) {
    return graph(BYTES, 'The network begins by dividing by about 255, so it takes 0 to 255.');
  }
  if (every((_, y) => y < -20)) {
    return graph(BYTES, 'The network begins by taking a mean of bytes off, so it takes 0 to 255.');
  }
  if (every((x, y) => x > 1.5 && y < 0)) {
    return graph(UNIT, 'The network normalises values of [0, 1] itself.');
  }
  return null;
}

/** The range that the network's own first steps speak of; null where it has none. */
function inputRange(wiring: Wiring, input: string): RangeGuess | null {
  return describe(entry(wiring, input));
}

function numberOf(
  wiring: Wiring,
  node: ModelNode,
  index: number,
  attribute: string,
): number | null {
  const given = node.attributes.get(attribute);
  if (given?.kind === 'number') return given.value;
  return wiring.constant(node.inputs[index] ?? '')?.values?.[0] ?? null;
}

/** Least and greatest value that an operator can give; null where it has no bounds. */
function boundsOf(wiring: Wiring, node: ModelNode): readonly [number, number] | null {
  switch (node.operator) {
    case 'Sigmoid':
    case 'HardSigmoid':
    case 'Softmax':
      return [0, 1];
    case 'Tanh':
    case 'Softsign':
      return [-1, 1];
    case 'Clip': {
      const low = numberOf(wiring, node, 1, 'min');
      const high = numberOf(wiring, node, 2, 'max');
      return low === null || high === null ? null : [low, high];
    }
    default:
      return null;
  }
}

/** The bounds that the network's last steps give its output; null where there are none. */
function exit(wiring: Wiring, output: string): readonly [number, number] | null {
  let after = UNCHANGED;
  let name = output;
  const seen = new Set<string>();
  for (;;) {
    const node = wiring.writer.get(name);
    if (!node || seen.has(name)) return null;
    seen.add(name);
    const bounds = boundsOf(wiring, node);
    if (bounds) {
      const [factor = 1, offset = 0] = [after.factor[0], after.offset[0]];
      const [low, high] = bounds.map((bound) => bound * factor + offset);
      return low === undefined || high === undefined ? null : [low, high];
    }
    const source = node.inputs.find((input) => wiring.constant(input) === null);
    const step = source === undefined ? null : stepOf(node, source, wiring);
    if (source === undefined || (!step && !CARRIERS.has(node.operator))) return null;
    if (step) after = composed(step, after);
    name = source;
  }
}

/** The range that the network's last steps bound its output to; null where they do not. */
function outputRange(wiring: Wiring, output: string): RangeGuess | null {
  const bounds = exit(wiring, output);
  if (!bounds) return null;
  const [low, high] = bounds;
  const within = (a: number, b: number) => near(low, a, 0.02 * b) && near(high, b, 0.02 * b);
  const shown = `[${Number(low.toFixed(3))}, ${Number(high.toFixed(3))}]`;
  const reason = `The network ends by bounding its values to ${shown.replace('-', '−')}.`;
  if (within(0, 1)) return { normalisation: UNIT, known: 'graph', reason };
  if (within(-1, 1)) return { normalisation: SIGNED, known: 'graph', reason };
  if (within(0, 255)) return { normalisation: BYTES, known: 'graph', reason };
  return null;
}

/** What a dry run should try: the guess, then the others in the order in which they are met in practice. */
export function rangeCandidates(first: Normalisation): Normalisation[] {
  const others = Object.values(NORMALISATIONS);
  return [first, ...others.filter((other) => !sameNormalisation(first, other))];
}

/**
 * Ranges of input and output from the graph; what it does not tell follows from the other side, and at
 * last from custom, [0, 1].
 */
export function guessRanges(
  model: OnnxModel,
  wiring: Wiring,
  input: string,
  output: string,
): { readonly input: RangeGuess; readonly output: RangeGuess } {
  const port = model.graph.inputs.find(({ name }) => name === input);
  const custom: RangeGuess = {
    normalisation: UNIT,
    known: 'guess',
    reason: 'Nothing in the graph tells the range; most networks take and give [0, 1].',
  };
  const bytes: RangeGuess = {
    normalisation: BYTES,
    known: 'graph',
    reason: 'The network takes bytes.',
  };
  const out = outputRange(wiring, output);
  const given = port?.type === 'uint8' ? bytes : inputRange(wiring, input);
  const fromOutput = out && {
    ...out,
    known: 'guess' as const,
    reason: `${out.reason} Its input is taken to have the same range.`,
  };
  const taken = given ?? fromOutput ?? custom;
  // A normalised or byte input says nothing of the output: such networks mostly give [0, 1].
  const asInput =
    sameNormalisation(taken.normalisation, SIGNED) || sameNormalisation(taken.normalisation, BYTES);
  const fromInput: RangeGuess = asInput
    ? {
        ...taken,
        known: 'guess',
        reason: 'Nothing bounds the output; it is taken to have the input’s range.',
      }
    : custom;
  return { input: taken, output: out ?? fromInput };
}
