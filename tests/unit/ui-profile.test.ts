import { describe, expect, it } from 'vitest';
import { cropPicture } from '../../src/core/image/crop.ts';
import { areaStatistics } from '../../src/core/inspect/areaStatistics.ts';
import { lineProfile } from '../../src/core/inspect/lineProfile.ts';
import { partIn } from '../../src/ui/inspect/AreaFacts.tsx';
import {
  aroundLine,
  lineIn,
  type PictureProfile,
  profileCsv,
  profileOf,
  valueAt,
} from '../../src/ui/inspect/profile.ts';
import { curvesOf, plotsOf } from '../../src/ui/inspect/profile-curves.ts';
import { endAt, laidLine, withinFrame } from '../../src/ui/inspect/profile-state.ts';

const SIZE = { width: 300, height: 200 };
const picture = {
  ...SIZE,
  data: Uint8ClampedArray.from({ length: SIZE.width * SIZE.height * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : (i * 7 + (i >> 6)) % 256,
  ),
};

describe('a line over pictures', () => {
  const frame = { width: 100, height: 50 };
  const line = { from: { x: 10, y: 10 }, to: { x: 90, y: 40 } };

  it('lies at the same place of pictures of other sizes', () => {
    expect(lineIn(line, frame, { width: 200, height: 100 }, false)).toEqual({
      from: { x: 20, y: 20 },
      to: { x: 180, y: 80 },
    });
    expect(lineIn(line, frame, { width: 50, height: 50 }, false).from).toEqual({ x: -15, y: 10 });
    expect(lineIn(line, frame, { width: 50, height: 50 }, true).from).toEqual({ x: 5, y: 10 });
  });

  it('is taken hold of at its nearer end', () => {
    expect(endAt(line, { x: 12, y: 11 }, 5)).toBe('from');
    expect(endAt(line, { x: 88, y: 41 }, 5)).toBe('to');
    expect(endAt(line, { x: 50, y: 25 }, 5)).toBeNull();
    expect(endAt(null, { x: 0, y: 0 }, 5)).toBeNull();
  });

  it('stays within the frame', () => {
    expect(withinFrame({ x: -3, y: 60 }, frame)).toEqual({ x: 0, y: 50 });
    expect(laidLine(frame)).toEqual({ from: { x: 25, y: 25 }, to: { x: 75, y: 25 } });
  });
});

describe('the profile of a long line', () => {
  const read = (part: Parameters<typeof cropPicture>[1]) => cropPicture(picture, part);

  it('is read in pieces that give what the whole picture gives', () => {
    const line = { from: { x: 3.5, y: 190.2 }, to: { x: 291.7, y: 4.4 } };
    const pieces = profileOf(line, SIZE, read);
    const whole = lineProfile(picture, line.from, line.to);
    if (!pieces) throw new Error('there is no profile');
    expect(pieces.distance.at(-1)).toBeCloseTo(whole.distance.at(-1) ?? Number.NaN, 9);
    const length = pieces.distance.at(-1) ?? 1;
    for (let i = 0; i < pieces.distance.length; i += 17) {
      const t = (pieces.distance[i] ?? 0) / length;
      const { from, to } = line;
      const at = { x: from.x + t * (to.x - from.x), y: from.y + t * (to.y - from.y) };
      expect(pieces.red[i]).toBeCloseTo(lineProfile(picture, at, at).red[0] ?? Number.NaN, 6);
    }
  });

  it('reads no more than lies around it, within the picture', () => {
    const line = { from: { x: -5, y: 10.5 }, to: { x: 4.2, y: 10.5 } };
    expect(aroundLine(line, SIZE)).toEqual({ x: 0, y: 8, width: 7, height: 5 });
    const outside = { from: { x: 400, y: 500 }, to: { x: 410, y: 500 } };
    expect(aroundLine(outside, SIZE)).toEqual({ x: 299, y: 199, width: 1, height: 1 });
  });

  it('is none where nothing can be read', () => {
    const line = { from: { x: 0, y: 0 }, to: { x: 9, y: 0 } };
    expect(profileOf(line, SIZE, () => null)).toBeNull();
  });
});

describe('a rectangle over pictures', () => {
  const frame = { width: 100, height: 50 };
  const rectangle = { x: 10, y: 10, width: 5, height: 4 };

  it('is the same part of pictures of other sizes, in whole pixels within them', () => {
    const large = { width: 200, height: 100 };
    expect(partIn(rectangle, frame, large, false)).toEqual({ x: 20, y: 20, width: 10, height: 8 });
    const tiny = { width: 10, height: 5 };
    expect(partIn(rectangle, frame, tiny, false)).toEqual({ x: 1, y: 1, width: 1, height: 1 });
    expect(partIn(rectangle, frame, { width: 50, height: 50 }, false)).toBeNull();
  });

  it('has means and the spread of its luma', () => {
    const data = Uint8ClampedArray.from([255, 255, 255, 255, 0, 0, 0, 255]);
    const facts = areaStatistics({ width: 2, height: 1, data });
    expect(facts?.rgb).toEqual([127.5, 127.5, 127.5]);
    expect(facts?.lab.L).toBeCloseTo(50, 3);
    expect(facts?.deviation).toBeCloseTo(127.5, 9);
    expect(areaStatistics({ width: 0, height: 0, data: new Uint8ClampedArray() })).toBeNull();
  });
});

describe('what is plotted and copied', () => {
  const profile = (title: string, red: number[]): PictureProfile => ({
    title,
    line: { from: { x: 0.5, y: 0.5 }, to: { x: 2.5, y: 0.5 } },
    distance: Float64Array.from([0, 1, 2]),
    red: Float64Array.from(red),
    green: Float64Array.from([4, 5, 6]),
    blue: Float64Array.from([7, 8, 9]),
    lightness: Float64Array.from([1.5, 2.25, 3]),
  });
  const two = [profile('Input', [10, 20, 30]), profile('Output, 70 %', [1, 2, 3])];

  it('is a plot for each picture, or all of them by one channel', () => {
    const all = plotsOf(two, 'all');
    expect(all.map(({ title, lines }) => [title, lines.length])).toEqual([
      ['Input', 4],
      ['Output, 70 %', 4],
    ]);
    const [red] = plotsOf(two, 'red');
    if (!red) throw new Error('there is no plot');
    expect(curvesOf(red)).toMatchObject({
      x: [0, 1, 2],
      curves: [{ values: [10, 20, 30], top: 255 }, { values: [1, 2, 3] }],
    });
    expect(plotsOf([], 'all')).toEqual([]);
  });

  it('has a value between samples', () => {
    expect(valueAt(two[0] as PictureProfile, 'red', 0.25)).toBe(15);
    expect(valueAt(two[0] as PictureProfile, 'red', 2)).toBe(30);
  });

  it('is a line a sample as CSV, names quoted where they must be', () => {
    const lines = profileCsv(two).split('\n');
    expect(lines[0]).toBe('picture,distance_px,x,y,R,G,B,L');
    expect(lines[2]).toBe('Input,1,1.5,0.5,20,5,8,2.25');
    expect(lines[4]).toBe('"Output, 70 %",0,0.5,0.5,1,4,7,1.5');
    expect(lines).toHaveLength(8);
  });
});
