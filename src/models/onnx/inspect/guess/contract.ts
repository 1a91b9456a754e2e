import type { Normalisation } from '../../../../core/image/normalisation.ts';
import type { ContractGuess, ModelContract } from '../../../../protocol/models.ts';
import type { OnnxModel } from '../graph.ts';
import type { Inference } from '../infer.ts';
import { pictureElement } from './axes.ts';
import { globalOperators } from './globals.ts';
import { type InputRoles, inputRoles } from './inputs.ts';
import { type OutputRole, outputRole } from './outputs.ts';
import { wiringOf } from './paths.ts';
import { guessRanges, type RangeGuess, rangeCandidates } from './ranges.ts';
import { receptiveRadius } from './receptiveField.ts';
import { type Probe, proberOf, type SizeRule, sizeRule } from './sizes.ts';

/** The contract of a network as its graph suggests it, and what follows from it. */
export interface GraphContract {
  readonly contract: ModelContract;
  readonly guesses: readonly ContractGuess[];
  readonly rangeCandidates: readonly Normalisation[];
  readonly globalOperators: readonly string[];
  /** [height, width] that the file itself fixes; null where the sides are free. */
  readonly fixedSize: readonly [number, number] | null;
  /** Pixels to each side that can change a value of the output; null where it could not be followed. */
  readonly receptiveRadius: number | null;
  /** Shapes at a size that every multiple divides. */
  readonly sure: Inference;
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
          'No operator was found that looks at the whole picture, so tiles give the same result: a picture is cut where it is too large for one run.',
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

interface Found {
  readonly roles: InputRoles;
  readonly role: OutputRole;
  readonly size: SizeRule;
  readonly ranges: ReturnType<typeof guessRanges>;
  readonly globals: readonly string[];
  /** Of the receptive field, in pixels; null where it could not be followed. */
  readonly radius: number | null;
}

/**
 * Neighbouring tiles share twice the receptive radius, so that what a tile's border falsifies has faded
 * out: at least the usual overlap, at most a quarter of the tile, where trained weights look no further.
 */
function tileOf({ role, size, globals, radius }: Found): ModelContract['tile'] {
  const { sizeMultiple: multiple, fixedSize } = size;
  const side = fixedSize ? Math.min(...fixedSize) : Math.ceil(TILE.size / multiple) * multiple;
  const wanted = Math.max(TILE.overlap, 2 * Math.ceil(radius ?? 0));
  return {
    size: side,
    overlap: Math.min(wanted, side >> 2),
    whole: role.kind === 'image' && globals.length > 0,
  };
}

function contractOf(found: Found): ModelContract {
  const { roles, role, size, ranges } = found;
  const { name, type } = roles.picture.port;
  return {
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
    ...(roles.region ? { region: roles.region } : {}),
    mask: roles.mask,
    output: outputOf(role, ranges.output.normalisation),
    tile: tileOf(found),
  };
}

function guessesOf({ roles, role, size, ranges, globals }: Found, followed: boolean) {
  const picture = role.kind === 'image';
  const range = ({ known, reason }: RangeGuess): ContractGuess => ({
    property: 'range',
    known,
    reason,
  });
  return [
    layoutGuess(roles),
    ...roles.guesses,
    range(ranges.input),
    ...(picture ? [range(ranges.output)] : []),
    size.guess,
    ...role.guesses,
    ...(picture ? [tileGuess(globals, followed)] : []),
  ];
}

/**
 * Guesses how a picture goes into a network and comes out of it.
 * @throws {OnnxRefusal} where it is no network from picture to picture, table or grid
 */
export function graphContract(model: OnnxModel): GraphContract {
  const wiring = wiringOf(model.graph);
  const roles = inputRoles(model, wiring);
  const input = roles.picture.port.name;
  const probe = proberOf(model, roles.picture);
  const [height, width] = sureSize(roles);
  const sure = probe(height, width);
  const twice = probe(2 * height, 2 * width);
  const role = outputRole(model, sure, { height, width }, roles.picture.layout);
  const output = role.port.name;
  const found: Found = {
    roles,
    role,
    size: rulesOf(roles, role, probe, sure),
    ranges: guessRanges(model, wiring, input, output),
    globals: globalOperators(model, sure, twice),
    radius: receptiveRadius(model, input, output, sure),
  };
  const followed = [sure, twice].every((at) => at.stoppedAt === null && at.conflict === null);
  return {
    contract: contractOf(found),
    guesses: guessesOf(found, followed),
    rangeCandidates: rangeCandidates(found.ranges.input.normalisation),
    globalOperators: found.globals,
    fixedSize: found.size.squashed ? null : found.size.fixedSize,
    receptiveRadius: found.radius,
    sure,
    probe,
  };
}
