import type { ContractGuess, ModelContract, Normalisation } from '../../../../protocol/models.ts';
import type { OnnxModel } from '../graph.ts';
import type { Inference } from '../infer.ts';
import { pictureElement } from './axes.ts';
import { globalOperators } from './globals.ts';
import { type InputRoles, inputRoles } from './inputs.ts';
import { type OutputRole, outputRole } from './outputs.ts';
import { wiringOf } from './paths.ts';
import { guessRanges, rangeCandidates } from './ranges.ts';
import { type Probe, proberOf, type SizeRule, sizeRule } from './sizes.ts';

/** The contract of a network as its graph suggests it, and what follows from it. */
export interface GraphContract {
  readonly contract: ModelContract;
  readonly guesses: readonly ContractGuess[];
  readonly rangeCandidates: readonly Normalisation[];
  readonly globalOperators: readonly string[];
  /** [height, width] that the file itself fixes; null where the sides are free. */
  readonly fixedSize: readonly [number, number] | null;
  /** Shapes at any size that suits the contract. */
  readonly probe: Probe;
}

/** Every multiple that is tried divides this side, so a network of any of them takes it. */
const SURE_SIDE = 2688;
/** [height, width] that networks with free sides get which give a table or a grid for the whole picture. */
const SQUASHED = [256, 256] as const;
const TILE = { size: 1024, overlap: 64 };

type Size = readonly [height: number, width: number];

function sureSize({ picture }: InputRoles): Size {
  const { height, width } = picture;
  const [h, w] = [Number(height), Number(width)];
  if (typeof height === 'number') return [h, typeof width === 'number' ? w : h];
  return typeof width === 'number' ? [w, w] : [SURE_SIDE, 2 * SURE_SIDE];
}

/** Whether an inference comes to an end with the output that the role says. */
function holds(at: Inference, role: OutputRole, [height, width]: Size): boolean {
  if (at.conflict !== null) return false;
  const shape = at.values.get(role.port.name)?.shape;
  if (!shape || role.kind !== 'image') return true;
  const [h, w] = role.layout === 'NCHW' ? [shape[2], shape[3]] : [shape[1], shape[2]];
  return h === role.scale * height && w === role.scale * width;
}

function rulesOf(roles: InputRoles, role: OutputRole, probe: Probe, sure: Inference): SizeRule {
  const fits = (height: number, width: number) =>
    holds(probe(height, width), role, [height, width]);
  const rule = sizeRule(roles.picture, fits, sure.stoppedAt === null && sure.conflict === null);
  if (role.kind === 'image') return rule;
  const [h, w] = rule.fixedSize ?? SQUASHED;
  return {
    fixedSize: [h, w],
    squashed: rule.fixedSize === null,
    sizeMultiple: 1,
    minSize: 1,
    guess: {
      property: 'sizeMultiple',
      known: rule.fixedSize ? 'graph' : 'guess',
      reason: `The network sees the whole picture, averaged down to ${w}×${h}.`,
    },
  };
}

function outputOf(role: OutputRole, normalisation: Normalisation): ModelContract['output'] {
  const { name, type } = role.port;
  if (role.kind !== 'image') return { kind: role.kind, name };
  return {
    kind: 'image',
    name,
    layout: role.layout,
    channels: 'RGB',
    element: pictureElement(type, name),
    normalisation,
    scale: role.scale,
  };
}

/** @param followed whether every shape was known at both sizes */
function tileGuess(globals: readonly string[], followed: boolean): ContractGuess {
  return globals.length > 0
    ? {
        property: 'tile',
        known: 'graph',
        reason: `${globals.join(', ')} look${globals.length === 1 ? 's' : ''} at the whole picture: tiles change the result, so the whole picture is preferred.`,
      }
    : {
        property: 'tile',
        known: followed ? 'graph' : 'guess',
        reason:
          'No operator was found that looks at the whole picture, so tiles give the same result.',
      };
}

function layoutGuess({ picture }: InputRoles): ContractGuess {
  const order = picture.layout === 'NCHW' ? 'channels before height and width' : 'channels last';
  return {
    property: 'layout',
    known: picture.known,
    reason: `The input has its ${order} (${picture.layout}).`,
  };
}

/**
 * Guesses how a picture goes into a network and comes out of it.
 * @throws {OnnxRefusal} where it is no network from picture to picture, table or grid
 */
export function graphContract(model: OnnxModel): GraphContract {
  const wiring = wiringOf(model.graph);
  const roles = inputRoles(model, wiring);
  const probe = proberOf(model, roles.picture);
  const [height, width] = sureSize(roles);
  const sure = probe(height, width);
  const role = outputRole(model, sure, { height, width }, roles.picture.layout);
  const size = rulesOf(roles, role, probe, sure);
  const twice = probe(2 * height, 2 * width);
  const globals = globalOperators(model, sure, twice);
  const followed = [sure, twice].every((at) => at.stoppedAt === null && at.conflict === null);
  const { name, type } = roles.picture.port;
  const ranges = guessRanges(model, wiring, name, role.port.name);
  const picture = role.kind === 'image';
  const tileSize = Math.ceil(TILE.size / size.sizeMultiple) * size.sizeMultiple;
  const contract: ModelContract = {
    input: {
      name,
      layout: roles.picture.layout,
      channels: 'RGB',
      element: pictureElement(type, name),
      normalisation: ranges.input.normalisation,
      ...(roles.picture.channels === 6 ? { copies: 2 as const } : {}),
      fixedSize: size.fixedSize,
      sizeMultiple: size.sizeMultiple,
      minSize: size.minSize,
    },
    thumbnail: roles.thumbnail,
    mask: roles.mask,
    output: outputOf(role, ranges.output.normalisation),
    tile: { size: tileSize, overlap: TILE.overlap, whole: picture && globals.length > 0 },
  };
  const range = (side: 'input' | 'output'): ContractGuess => ({
    property: 'range',
    known: ranges[side].known,
    reason: ranges[side].reason,
  });
  const guesses = [
    layoutGuess(roles),
    ...roles.guesses,
    range('input'),
    ...(picture ? [range('output')] : []),
    size.guess,
    ...role.guesses,
    ...(picture ? [tileGuess(globals, followed)] : []),
  ];
  return {
    contract,
    guesses,
    rangeCandidates: rangeCandidates(ranges.input.normalisation),
    globalOperators: globals,
    fixedSize: size.squashed ? null : size.fixedSize,
    probe,
  };
}
