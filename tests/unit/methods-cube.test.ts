import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CubeFileError, MAX_CUBE_SIZE, parseCubeFile } from '../../src/core/methods/cubeFile.ts';
import { applyLut, type Lut3d, lutColour, type Rgb } from '../../src/core/methods/lut3d.ts';
import { cyclic, picture } from '../helpers/pictures.ts';

/** A table filled from a function of the point's place, 0..1 an axis. */
function lutOf(size: number, colourAt: (...place: [number, number, number]) => Rgb): Lut3d {
  const points = size ** 3;
  const values = new Float32Array(3 * points);
  for (let i = 0; i < points; i += 1) {
    const axis = (stride: number) => (Math.floor(i / stride) % size) / (size - 1);
    colourAt(axis(1), axis(size), axis(size * size)).forEach((value, channel) => {
      values[channel * points + i] = value;
    });
  }
  return { size, domainMin: [0, 0, 0], domainMax: [1, 1, 1], values };
}

const CORNERS = Array.from({ length: 8 }, (_, i) => `${i & 1} ${(i >> 1) & 1} ${i >> 2}`);
const IDENTITY = ['LUT_3D_SIZE 2', ...CORNERS].join('\n');

/** The sentence a file is refused with. */
function refusal(text: string): { message: string; line: number | null } {
  try {
    parseCubeFile(text);
  } catch (error) {
    if (error instanceof CubeFileError) return { message: error.message, line: error.line };
    throw error;
  }
  throw new Error('the file was read');
}

describe('parseCubeFile', () => {
  it('reads title, domain, comments, blank lines, tabs, exponents and Windows line ends', () => {
    const text = [
      '\uFEFF# made by hand',
      'TITLE "Warm # evening"',
      '',
      'DOMAIN_MIN 0 0.0 -.5',
      'DOMAIN_MAX 1 2. 1e0',
      'LUT_3D_SIZE\t2',
      '  # red fastest',
      ...CORNERS,
      '',
    ].join('\r\n');
    const { title, lut } = parseCubeFile(text);
    expect(title).toBe('Warm # evening');
    expect(lut.domainMin).toEqual([0, 0, -0.5]);
    expect(lut.domainMax).toEqual([1, 2, 1]);
    expect([...lut.values]).toEqual([
      ...[0, 1, 0, 1, 0, 1, 0, 1],
      ...[0, 0, 1, 1, 0, 0, 1, 1],
      ...[0, 0, 0, 0, 1, 1, 1, 1],
    ]);
  });

  it('takes the input range of Resolve as the domain of all channels', () => {
    const { title, lut } = parseCubeFile(`LUT_3D_INPUT_RANGE 0.0 2.0\n${IDENTITY}`);
    expect(title).toBeNull();
    expect([lut.domainMin, lut.domainMax]).toEqual([
      [0, 0, 0],
      [2, 2, 2],
    ]);
  });

  it.each<[string, string, number | null, RegExp]>([
    ['a 1-D table', 'LUT_1D_SIZE 3\n0 0 0', 1, /1-D table/],
    ['no size', '# nothing', null, /no LUT_3D_SIZE/],
    ['colours before the size', '0 0 0\nLUT_3D_SIZE 2', 1, /must come before/],
    ['a size of one', 'LUT_3D_SIZE 1', 1, /2 to 129 points.*“1”/],
    ['a hostile size', 'LUT_3D_SIZE 4294967296', 1, /2 to 129/],
    ['a size above the bound', `LUT_3D_SIZE ${MAX_CUBE_SIZE + 1}`, 1, /“130”/],
    ['a broken size', 'LUT_3D_SIZE 2.5', 1, /“2.5”/],
    ['two sizes', `${IDENTITY.replace('\n', '\nLUT_3D_SIZE 3\n')}`, 2, /twice/],
    ['too few colours', IDENTITY.slice(0, -6), null, /ends after 7 colours; 2³ is 8/],
    ['too many colours', `${IDENTITY}\n0 0 0`, 10, /full: 2³ is 8/],
    ['two numbers', IDENTITY.replace('0 0 0', '0 0'), 2, /three numbers.*not 2/],
    ['not a number', IDENTITY.replace('0 0 0', 'nan 0 0'), 2, /“nan” is not a finite/],
    ['infinity', IDENTITY.replace('0 0 0', '0 1e39 0'), 2, /“1e39”/],
    ['a word among numbers', IDENTITY.replace('0 0 0', '0 0x1 0'), 2, /“0x1”/],
    ['an endless line', `LUT_3D_SIZE 2\n${'1 '.repeat(2 ** 21)}`, 2, /too long/],
    ['an endless number', `LUT_3D_SIZE ${'1'.repeat(2 ** 21)}`, 1, /too long/],
    ['a late keyword', `${IDENTITY}\nTITLE "late"`, 10, /before the colours/],
    ['an unknown keyword', `LUT_IN_VIDEO_RANGE\n${IDENTITY}`, 1, /LUT_IN_VIDEO_RANGE/],
    ['a title without quotes', `TITLE warm\n${IDENTITY}`, 1, /double quotes/],
    ['an empty domain', `DOMAIN_MIN 1 0 0\n${IDENTITY}`, null, /not below DOMAIN_MAX/],
    ['a vanishing domain', `DOMAIN_MAX 1 1 1e-30\n${IDENTITY}`, null, /not below DOMAIN_MAX/],
    ['a broken range', `LUT_3D_INPUT_RANGE 0\n${IDENTITY}`, 1, /two numbers/],
  ])('refuses %s', (_, text, line, sentence) => {
    const { message, line: told } = refusal(text);
    expect(message).toMatch(sentence);
    expect(message).toMatch(/\.$/);
    expect(told).toBe(line);
    if (line !== null) expect(message).toContain(`Line ${line} of the .cube file`);
  });

  it('never takes more memory than the size says, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        try {
          expect(parseCubeFile(text).lut.size).toBeLessThanOrEqual(MAX_CUBE_SIZE);
        } catch (error) {
          expect(error).toBeInstanceOf(CubeFileError);
        }
      }),
    );
  });
});

describe('tetrahedral interpolation', () => {
  const values = fc.double({ min: 0, max: 1, noNaN: true });

  it('gives linear functions exactly, in every tetrahedron', () => {
    const lut = lutOf(5, (r, g, b) => [r, 0.25 * r + 0.5 * g - b, 1 - b]);
    fc.assert(
      fc.property(values, values, values, (r, g, b) => {
        const [x, y, z] = lutColour(lut, [r, g, b]);
        expect(x).toBeCloseTo(r, 6);
        expect(y).toBeCloseTo(0.25 * r + 0.5 * g - b, 6);
        expect(z).toBeCloseTo(1 - b, 6);
      }),
    );
  });

  it('keeps greys on the diagonal of a cell', () => {
    // Only the far corner is white: trilinear interpolation would give .125 here.
    const lut = lutOf(2, (r, g, b) => [r * g * b, r * g * b, r * g * b]);
    expect(lutColour(lut, [0.5, 0.5, 0.5])[0]).toBe(0.5);
    expect(lutColour(lut, [0.5, 0.25, 1])[0]).toBe(0.25);
  });

  it('uses the nearest colour of the domain beyond it', () => {
    const lut: Lut3d = { ...lutOf(3, (r, g, b) => [r, g, b]), domainMax: [0.5, 0.5, 0.5] };
    expect(lutColour(lut, [0.25, 0.75, 0])).toEqual([0.5, 1, 0]);
  });

  it('leaves a picture as it is where the table is the identity', () => {
    const source = picture(16, 16, (i) => (i * 37) % 256);
    for (const size of [2, 17, 33]) {
      expect(
        applyLut(
          source,
          lutOf(size, (r, g, b) => [r, g, b]),
        ),
      ).toEqual(source);
    }
  });

  it('clamps what is out of range and writes 0 for what is no number', () => {
    const lut = lutOf(2, () => [Number.NaN, 1.5, -1]);
    const source = picture(1, 1, cyclic([10, 20, 30]));
    expect([...applyLut(source, lut).data]).toEqual([0, 255, 0, 255]);
  });
});
