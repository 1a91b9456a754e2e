import type { Lut3d, Rgb } from './lut3d.ts';

/** A `.cube` file that cannot be used; the message is a finished sentence that names the line. */
export class CubeFileError extends Error {
  override readonly name = 'CubeFileError';
  /** Counted from 1; null where the file as a whole is wrong. */
  readonly line: number | null;

  constructor(problem: string, line: number | null = null) {
    super(line === null ? problem : `Line ${line} of the .cube file: ${problem}`);
    this.line = line;
  }
}

export interface CubeFile {
  /** The file's own title; null where it has none. */
  readonly title: string | null;
  readonly lut: Lut3d;
}

/**
 * The specification allows 256 points a side (201 MB as float32); files in use have up to 65, a few
 * 129 (26 MB), and a stranger's file must not be able to ask for more.
 */
export const MAX_CUBE_SIZE = 129;

/** Text above this is refused unread: 129³ lines of three numbers with ten digits have 75 MB. */
export const MAX_CUBE_BYTES = 96 * 2 ** 20;

/** The specification allows 250 bytes a line; longer ones are refused before they are taken apart. */
const MAX_LINE = 500;

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;
const KEYWORD = /^[A-Z][A-Z0-9_]*$/i;

interface Header {
  title: string | null;
  size: number | null;
  domainMin: Rgb;
  domainMax: Rgb;
}

function numbersOf(words: readonly string[], line: number): Rgb {
  const [red, green, blue] = words.map((word) => (NUMBER.test(word) ? Number(word) : Number.NaN));
  if (words.length !== 3 || red === undefined || green === undefined || blue === undefined) {
    throw new CubeFileError(`three numbers belong here, not ${words.length}.`, line);
  }
  const wrong = [red, green, blue].findIndex((value) => !Number.isFinite(Math.fround(value)));
  if (wrong >= 0) {
    throw new CubeFileError(`“${words[wrong]?.slice(0, 24)}” is not a finite number.`, line);
  }
  return [red, green, blue];
}

function sizeOf(words: readonly string[], line: number): number {
  const [word = ''] = words;
  const size = words.length === 1 && /^\d{1,9}$/.test(word) ? Number(word) : Number.NaN;
  if (!(size >= 2 && size <= MAX_CUBE_SIZE)) {
    const given = words.join(' ').slice(0, 24);
    throw new CubeFileError(
      `a table has 2 to ${MAX_CUBE_SIZE} points a side here, not “${given}”.`,
      line,
    );
  }
  return size;
}

function titleOf(text: string, line: number): string {
  const title = /^TITLE\s+"([^"]*)"$/i.exec(text)?.[1];
  if (title === undefined) throw new CubeFileError('a title stands in double quotes.', line);
  return title.slice(0, 250);
}

/** Takes in one line of the header. */
function readKeyword(header: Header, text: string, line: number): void {
  const [keyword = '', ...words] = text.split(/\s+/);
  switch (keyword.toUpperCase()) {
    case 'TITLE':
      header.title = titleOf(text, line);
      return;
    case 'LUT_3D_SIZE':
      if (header.size !== null) throw new CubeFileError('the size is given twice.', line);
      header.size = sizeOf(words, line);
      return;
    case 'DOMAIN_MIN':
      header.domainMin = numbersOf(words, line);
      return;
    case 'DOMAIN_MAX':
      header.domainMax = numbersOf(words, line);
      return;
    case 'LUT_1D_SIZE':
      throw new CubeFileError(
        'this is a 1-D table, a curve for each channel. Only 3-D tables can be applied: save it with LUT_3D_SIZE.',
        line,
      );
    case 'LUT_3D_INPUT_RANGE': {
      const [min, max, ...more] = words;
      if (min === undefined || max === undefined || more.length > 0) {
        throw new CubeFileError('an input range is two numbers.', line);
      }
      header.domainMin = numbersOf([min, min, min], line);
      header.domainMax = numbersOf([max, max, max], line);
      return;
    }
    default:
      throw new CubeFileError(`“${keyword.slice(0, 24)}” is no keyword of a 3-D table.`, line);
  }
}

function requireDomain({ domainMin, domainMax }: Header): void {
  // A narrower domain would overflow where shaders divide by it in single precision.
  const wrong = ([0, 1, 2] as const).some((axis) => !(domainMax[axis] - domainMin[axis] > 1e-6));
  if (wrong) {
    throw new CubeFileError(
      'DOMAIN_MIN is not below DOMAIN_MAX in every channel of the .cube file.',
    );
  }
}

/** The lines that say something, with their numbers: no comments, no blank ones. */
function* lines(text: string): Generator<readonly [string, number]> {
  let start = 0;
  for (let line = 1; start <= text.length; line += 1) {
    const end = text.indexOf('\n', start);
    const stop = end < 0 ? text.length : end;
    const content = text.slice(start, stop).trim();
    if (content !== '' && !content.startsWith('#')) {
      if (content.length > MAX_LINE) throw new CubeFileError('the line is too long.', line);
      yield [content, line];
    }
    start = stop + 1;
  }
}

/**
 * Reads a 3-D look-up table in the `.cube` format: keywords first (TITLE, LUT_3D_SIZE, DOMAIN_MIN,
 * DOMAIN_MAX, or Resolve's LUT_3D_INPUT_RANGE), then one colour a line, red fastest; `#` starts a
 * comment.
 * Source: Adobe, "Cube LUT Specification 1.0", 2013. Sizes above 129 are refused.
 * @throws CubeFileError with a sentence that names the line
 */
export function parseCubeFile(text: string): CubeFile {
  if (text.length > MAX_CUBE_BYTES) {
    throw new CubeFileError(
      'The .cube file is too large: the largest table that is read has 96 MB.',
    );
  }
  const header: Header = { title: null, size: null, domainMin: [0, 0, 0], domainMax: [1, 1, 1] };
  let values = new Float32Array(0);
  let points = 0;
  let read = 0;
  for (const [content, line] of lines(text.replace(/^\uFEFF/, ''))) {
    const words = content.split(/\s+/);
    if (KEYWORD.test(words[0] ?? '') && !/^(nan|inf|infinity)$/i.test(words[0] ?? '')) {
      if (read > 0) throw new CubeFileError('keywords stand before the colours.', line);
      readKeyword(header, content, line);
      continue;
    }
    if (header.size === null) {
      throw new CubeFileError('LUT_3D_SIZE must come before the first colour.', line);
    }
    if (read === 0) {
      points = header.size ** 3;
      values = new Float32Array(3 * points);
    }
    if (read === points) {
      throw new CubeFileError(`the table is full: ${header.size}³ is ${points} colours.`, line);
    }
    numbersOf(words, line).forEach((value, channel) => {
      values[channel * points + read] = value;
    });
    read += 1;
  }
  const { size, title, domainMin, domainMax } = header;
  if (size === null) throw new CubeFileError('The .cube file has no LUT_3D_SIZE.');
  if (read < size ** 3) {
    throw new CubeFileError(`The .cube file ends after ${read} colours; ${size}³ is ${size ** 3}.`);
  }
  requireDomain(header);
  return { title, lut: { size, domainMin, domainMax, values } };
}
