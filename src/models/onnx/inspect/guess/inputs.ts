import type { ContractGuess, MaskInput, ModelContract } from '../../../../protocol/models.ts';
import type { ModelPort, OnnxModel } from '../graph.ts';
import { OnnxRefusal } from '../refusal.ts';
import { type PicturePort, pictureElement, picturePort } from './axes.ts';
import type { Wiring } from './paths.ts';

/** Which input takes what. */
export interface InputRoles {
  readonly picture: PicturePort;
  readonly mask: MaskInput | null;
  readonly thumbnail: ModelContract['thumbnail'];
  readonly region: ModelContract['region'] | null;
  readonly guesses: readonly ContractGuess[];
}

export function shapeText({ dims }: ModelPort): string {
  return dims ? `[${dims.map((side) => side ?? '?').join(', ')}]` : 'of unknown rank';
}

function refuseRankless(ports: readonly ModelPort[], what: string): void {
  const unknown = ports.find(({ dims }) => dims === null);
  if (unknown) {
    throw new OnnxRefusal(
      `does not state how many axes its ${what} “${unknown.name}” has (dynamic rank). Export it again with input shapes; the sides may stay free.`,
    );
  }
}

/** Names that masks go by in networks' inputs. */
const MASK_NAME = /mask|matte|alpha|seg|trimap/i;

const isFixed = ({ height, width }: PicturePort): boolean =>
  typeof height === 'number' && typeof width === 'number';

const sizeOf = ({ height, width }: PicturePort): string => `${height}×${width}`;

/** Inputs that may hold the picture: those with free sides, else the largest. */
function rivalsOf(ports: readonly PicturePort[]): readonly PicturePort[] {
  const coloured = ports.filter(({ channels }) => channels >= 3);
  const free = coloured.filter((port) => !isFixed(port));
  if (free.length > 0) return free;
  const area = ({ height, width }: PicturePort) => Number(height) * Number(width);
  const most = Math.max(...coloured.map(area));
  return coloured.filter((port) => area(port) === most);
}

/** The picture and, where a second input is just like it, the one that is offered the person mask. */
interface Chosen {
  readonly picture: PicturePort;
  readonly second: PicturePort | null;
}

/**
 * Which of two like inputs is the picture: the one that is not called a mask, else the first.
 * @throws {OnnxRefusal} where the second cannot be the person mask
 */
function tellApart(rivals: readonly PicturePort[], ports: readonly PicturePort[]): Chosen | null {
  const [first, other, third] = rivals;
  if (!first) return null;
  if (!other) return { picture: first, second: null };
  const alike =
    first.channels === 3 &&
    other.channels === 3 &&
    first.layout === other.layout &&
    first.port.type === other.port.type &&
    (!isFixed(first) || sizeOf(first) === sizeOf(other));
  const hasMask = ports.some(({ channels }) => channels === 1);
  if (third || !alike || hasMask) {
    throw new OnnxRefusal(
      `takes ${third ? 'several' : 'two'} pictures (${rivals.map(({ port }) => `“${port.name}”`).join(' and ')}); Loupe restores from one and can give a second input the person mask. Export it with one picture as its input.`,
    );
  }
  const isMask = ({ port }: PicturePort) => MASK_NAME.test(port.name);
  return isMask(first) && !isMask(other)
    ? { picture: other, second: first }
    : { picture: first, second: other };
}

/** The input that holds the picture. @throws {OnnxRefusal} where there is none, or none can be told */
function choosePicture(model: OnnxModel, wiring: Wiring): Chosen {
  const { inputs } = model.graph;
  if (inputs.length === 0) {
    throw new OnnxRefusal(
      'has no inputs: it is not a network for pictures. Export it for inference.',
    );
  }
  refuseRankless(inputs, 'input');
  const ports = inputs.flatMap((input) => picturePort(model, wiring, input) ?? []);
  const chosen = tellApart(rivalsOf(ports), ports);
  if (chosen) return chosen;
  if (ports.length > 0) {
    throw new OnnxRefusal(
      'takes pictures of one channel; Loupe runs networks for colour pictures (3 channels, or 4 with the person mask).',
    );
  }
  const stated = inputs.map((input) => `“${input.name}” ${shapeText(input)}`).join(', ');
  throw new OnnxRefusal(
    `takes no picture: its input is ${stated}. Loupe runs networks whose input is [1, 3, height, width] or [1, height, width, 3].`,
  );
}

function refuseBatch({ port }: PicturePort): void {
  const batch = port.dims?.[0];
  if (typeof batch === 'number' && batch !== 1) {
    throw new OnnxRefusal(
      `takes ${batch} pictures at once. Export it with a batch of 1, or with a free batch axis.`,
    );
  }
}

/** What an input must be called that takes the tile's place in the picture: its shape could be anything's. */
const REGION = 'region';

/** A further input that Loupe knows to fill; null where it does not. */
function roleOf(
  model: OnnxModel,
  wiring: Wiring,
  input: ModelPort,
):
  | { mask: MaskInput }
  | { thumbnail: NonNullable<ModelContract['thumbnail']> }
  | { region: NonNullable<ModelContract['region']> }
  | null {
  if (input.name === REGION && input.type === 'float32' && input.dims?.join() === '4') {
    return { region: { name: input.name } };
  }
  const port = picturePort(model, wiring, input);
  if (!port) return null;
  const { height, width, channels, layout } = port;
  if (channels === 1) {
    const element = pictureElement(input.type, input.name);
    return { mask: { kind: 'tensor', name: input.name, layout, element } };
  }
  const isPlain = channels === 3 && layout === 'NCHW' && input.type === 'float32';
  if (isPlain && typeof height === 'number' && typeof width === 'number') {
    return { thumbnail: { name: input.name, size: [height, width] } };
  }
  return null;
}

function refuseInput(input: ModelPort): never {
  throw new OnnxRefusal(
    `also takes “${input.name}” ${shapeText(input)}, which Loupe cannot fill: it knows a picture, a person mask of one or three channels, a small copy of the picture and, as “region” [4], a tile’s place in it. Export the network with that value built in.`,
  );
}

function channelGuess(picture: PicturePort, mask: MaskInput | null): ContractGuess[] {
  const { channels } = picture;
  const order = 'Nothing in a graph tells RGB from BGR; it is taken to be RGB.';
  const counted: Record<number, string> = {
    3: `The input has 3 channels. ${order}`,
    4: `The input has 4 channels: a picture and, it is taken, the person mask. ${order}`,
    6: `The input has 6 channels: it is given the picture twice. ${order}`,
  };
  const list: ContractGuess[] = [
    { property: 'channels', known: 'guess', reason: counted[channels] ?? order },
  ];
  if (mask) list.push({ property: 'mask', known: 'guess', reason: maskReason(picture, mask) });
  return list;
}

function maskReason({ port }: PicturePort, mask: MaskInput): string {
  if (mask.kind === 'channel') return 'The fourth channel is given the person mask.';
  return mask.copies === 3
    ? `“${port.name}” and “${mask.name}” both have 3 channels: “${port.name}” is given the picture, “${mask.name}” the person mask in each channel.`
    : `The second input “${mask.name}” has one channel: it is given the person mask.`;
}

/** A second input of three channels: the mask lies in each of them. */
function repeatedMask({ port, layout }: PicturePort): MaskInput {
  const element = pictureElement(port.type, port.name);
  return { kind: 'tensor', name: port.name, layout, element, copies: 3 };
}

/**
 * What each input is given.
 * @throws {OnnxRefusal} where there is no picture, or an input that Loupe cannot fill
 */
export function inputRoles(model: OnnxModel, wiring: Wiring): InputRoles {
  const { picture, second } = choosePicture(model, wiring);
  refuseBatch(picture);
  let mask: MaskInput | null = picture.channels === 4 ? { kind: 'channel' } : null;
  if (second) mask = repeatedMask(second);
  let thumbnail: ModelContract['thumbnail'] = null;
  let region: InputRoles['region'] = null;
  for (const input of model.graph.inputs) {
    if (input === picture.port || input === second?.port) continue;
    const role = roleOf(model, wiring, input);
    if (!role) refuseInput(input);
    if ('mask' in role && !mask) mask = role.mask;
    else if ('thumbnail' in role && !thumbnail) thumbnail = role.thumbnail;
    else if ('region' in role && !region) region = role.region;
    else refuseInput(input);
  }
  return { picture, mask, thumbnail, region, guesses: channelGuess(picture, mask) };
}
