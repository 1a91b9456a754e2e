import type { Normalisation } from '../core/image/normalisation.ts';
import type { Rgba8 } from '../core/image/types.ts';
import type { OrtModule } from '../models/ort.ts';
import {
  createSession,
  type Feeds,
  type ModelBytes,
  type RestorationSession,
} from '../models/session.ts';
import type { ContractGuess, ModelContract } from '../protocol/models.ts';
import { Failure, reasonOf } from './failure.ts';
import { feedsFor } from './feeds.ts';
import { givesImage, type ImageContract } from './imageContract.ts';
import { type Look, lookOf } from './outputLook.ts';
import { runFeeds } from './runFeeds.ts';
import { trialPicture } from './trialPicture.ts';

/** Sides of the picture of a dry run, before they are rounded up to the network's multiple. */
const SIZE = { width: 64, height: 48 };
/** Further multiples that are tried where the graph does not tell and the first size fails. */
const MULTIPLES = [2, 4, 8, 16, 32, 64] as const;
/** How much better another range must look than the likeliest one before it is taken instead. */
const MARGIN = 0.15;
/** From this score on, what comes out is taken to be the picture that went in. */
const PLAIN_LOOK = 0.8;
/** Other ranges are tried for as long as this, in ms: the rest of the time limit is the first run's. */
const RANGES_TIME = 10_000;

export interface DryRun {
  readonly contract: ModelContract;
  readonly guesses: readonly ContractGuess[];
  /** Finished sentences. */
  readonly warnings: readonly string[];
}

/** A network on trial. */
export interface Trial {
  readonly name: string;
  readonly contract: ModelContract;
  readonly guesses: readonly ContractGuess[];
  readonly rangeCandidates: readonly Normalisation[];
}

interface Ran {
  readonly contract: ModelContract;
  readonly feeds: Feeds;
  readonly values: Float32Array;
}

async function runOnce(
  session: RestorationSession,
  contract: ModelContract,
  picture: Rgba8,
): Promise<Ran> {
  const feeds = feedsFor(contract, { picture, mask: null });
  const { values } = await runFeeds(session, contract, feeds, null);
  return { contract, feeds, values };
}

const isGuess = (trial: Trial, property: ContractGuess['property']): boolean =>
  trial.guesses.some((guess) => guess.property === property && guess.known === 'guess');

function withMultiple(contract: ModelContract, multiple: number): ModelContract {
  const { input, tile } = contract;
  const size = Math.ceil(tile.size / multiple) * multiple;
  const minSize = Math.max(input.minSize, multiple);
  return {
    ...contract,
    input: { ...input, sizeMultiple: multiple, minSize },
    tile: { ...tile, size },
  };
}

/** What the first run is tried with: the guess, then larger multiples where the graph does not tell. */
function attempts(trial: Trial): readonly ModelContract[] {
  const { contract } = trial;
  const { sizeMultiple, fixedSize } = contract.input;
  if (!isGuess(trial, 'sizeMultiple') || fixedSize !== null) return [contract];
  const larger = MULTIPLES.filter((multiple) => multiple > sizeMultiple);
  return [contract, ...larger.map((multiple) => withMultiple(contract, multiple))];
}

/** The first contract that runs. @throws {Error} of the first attempt where none does */
async function firstRun(session: RestorationSession, trial: Trial, picture: Rgba8): Promise<Ran> {
  const reasons: unknown[] = [];
  for (const contract of attempts(trial)) {
    try {
      return await runOnce(session, contract, picture);
    } catch (caught) {
      reasons.push(caught);
    }
  }
  throw reasons[0];
}

/** The other way round: what was taken for the mask is given the picture. */
function exchanged({ input, mask, ...rest }: ModelContract): ModelContract | null {
  if (mask?.kind !== 'tensor' || mask.copies !== 3) return null;
  return {
    ...rest,
    input: { ...input, name: mask.name },
    mask: { ...mask, name: input.name },
  };
}

/**
 * Of two like inputs, the one through which a small picture comes back looking more like itself is the
 * picture's.
 */
async function likelierPicture(
  session: RestorationSession,
  trial: Trial,
  first: Ran,
  picture: Rgba8,
): Promise<Ran> {
  const other = isGuess(trial, 'mask') ? exchanged(first.contract) : null;
  if (other === null) return first;
  const ran = await runOnce(session, other, picture);
  const gain = lookOf(other, ran, picture).score - lookOf(first.contract, first, picture).score;
  return gain > MARGIN ? ran : first;
}

function withRanges(
  contract: ImageContract,
  input: Normalisation,
  output: Normalisation,
): ImageContract {
  return {
    ...contract,
    input: { ...contract.input, normalisation: input },
    output: { ...contract.output, normalisation: output },
  };
}

interface Ranged {
  readonly contract: ModelContract;
  readonly look: Look;
}

/** The ranges under which what comes out looks most like the picture that went in. */
async function bestRanges(
  session: RestorationSession,
  trial: Trial,
  first: Ran,
  picture: Rgba8,
): Promise<Ranged> {
  const { contract } = first;
  let best: Ranged = { contract, look: lookOf(contract, first, picture) };
  const [inputGuess, outputGuess] = trial.guesses.filter(({ property }) => property === 'range');
  if (!givesImage(contract) || inputGuess?.known !== 'guess') return best;
  const { normalisation } = contract.output;
  const outputs = outputGuess?.known === 'guess' ? trial.rangeCandidates : [normalisation];
  const started = performance.now();
  for (const input of trial.rangeCandidates) {
    if (performance.now() - started > RANGES_TIME) break;
    const ran = await runOnce(session, withRanges(contract, input, normalisation), picture);
    for (const output of outputs) {
      const ranged = withRanges(contract, input, output);
      const look = lookOf(ranged, ran, picture);
      if (look.score > best.look.score + MARGIN) best = { contract: ranged, look };
    }
  }
  return best;
}

/** The guesses, with what the run told in their place. */
function toldBy(trial: Trial, first: ModelContract, best: Ranged): readonly ContractGuess[] {
  const { sizeMultiple, name } = first.input;
  const reasons: Partial<Record<ContractGuess['property'], string>> = {
    sizeMultiple: `A small picture with sides that are multiples of ${sizeMultiple} came back right.`,
    scale: 'A small picture came back in this size.',
    ...(best.look.score > PLAIN_LOOK
      ? { range: 'With this range a small picture came back looking like itself.' }
      : {}),
  };
  return trial.guesses.map((guess) => {
    const { property } = guess;
    if (property === 'mask' && name !== trial.contract.input.name) {
      const tried = `A small picture came back looking like itself through “${name}”, not through “${trial.contract.input.name}”: that is given the person mask in each of its 3 channels.`;
      return { ...guess, reason: tried };
    }
    const reason = guess.known === 'guess' ? reasons[property] : undefined;
    return reason === undefined ? guess : { property, known: 'dry-run', reason };
  });
}

const RANGES: Readonly<Record<ContractGuess['known'], string>> = {
  graph: 'the range',
  'dry-run': 'the range that was guessed',
  guess: 'the range that was guessed',
  metadata: 'the range that the file states',
};

function warningsOf({ name, guesses }: Trial, { notANumber, outside }: Look): string[] {
  const warnings: string[] = [];
  if (notANumber > 0) {
    warnings.push(
      `${name} gives values that are not numbers for a small test picture: results may have holes or fail.`,
    );
  }
  if (outside > 0.01) {
    const { known } = guesses.find(({ property }) => property === 'range') ?? { known: 'graph' };
    warnings.push(
      `${Math.round(outside * 100)} % of the values that ${name} gives for a small test picture lie outside its range and are clipped: ${RANGES[known]} may be wrong.`,
    );
  }
  return warnings;
}

/**
 * Runs a network over a small picture on WASM and corrects what was guessed of its contract by what
 * comes out.
 * @throws {Failure} `model-load` where it does not run
 */
export async function dryRun(ort: OrtModule, model: ModelBytes, trial: Trial): Promise<DryRun> {
  const { name, contract } = trial;
  const picture = trialPicture(SIZE.width, SIZE.height);
  try {
    const session = await createSession(ort, model, contract, { device: null });
    try {
      const ran = await firstRun(session, trial, picture);
      const first = await likelierPicture(session, trial, ran, picture);
      const best = await bestRanges(session, trial, first, picture);
      const guesses = toldBy(trial, first.contract, best);
      return { contract: best.contract, guesses, warnings: warningsOf(trial, best.look) };
    } finally {
      await session.release();
    }
  } catch (caught) {
    throw new Failure(
      'model-load',
      `${name} cannot be run: ${reasonOf(caught)}. Export it again, for example with tools/export_onnx.py, or choose another file.`,
      caught,
    );
  }
}
