import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupByStem } from '../../src/core/dataset/group.ts';

/** Groups as `{stem: {path: role or region, with the method after a colon}}`. */
function grouped(paths: readonly string[]): Record<string, Record<string, string | null>> {
  const entries = groupByStem(paths, (path) => path).map(({ stem, files }) => {
    const roles = files.map(({ file, role, region, method }) => [
      file,
      role === 'output' && method !== null ? `output:${method}` : (region ?? role),
    ]);
    return [stem, Object.fromEntries(roles)];
  });
  return Object.fromEntries(entries);
}

describe('grouping files into cases', () => {
  it('pairs loose files by stem and takes an unknown suffix for a method', () => {
    const files = [
      '001_input.png',
      '002_input.png',
      '001_gt.png',
      '001_flash-s.png',
      '002_mask.png',
    ];
    expect(grouped(files)).toEqual({
      '001': { '001_input.png': 'input', '001_gt.png': 'gt', '001_flash-s.png': 'output:flash-s' },
      '002': { '002_input.png': 'input', '002_mask.png': 'mask' },
    });
  });

  it('pairs role folders and takes any other folder for a method', () => {
    const files = ['input/001.jpg', 'gt/001.png', 'mask_personmask/001.png', 'highres_net/001.png'];
    expect(grouped(files)).toEqual({
      '001': {
        'input/001.jpg': 'input',
        'gt/001.png': 'gt',
        'mask_personmask/001.png': 'mask',
        'highres_net/001.png': 'output:highres_net',
      },
    });
  });

  it('does the same below a common folder', () => {
    expect(grouped(['set/mine/7.png', 'set/input/7.png'])).toEqual({
      '7': { 'set/mine/7.png': 'output:mine', 'set/input/7.png': 'input' },
    });
  });

  it('leaves the role open where nothing tells it', () => {
    expect(grouped(['holiday/IMG_1.jpg', 'holiday/IMG_2.jpg'])).toEqual({
      IMG_1: { 'holiday/IMG_1.jpg': null },
      IMG_2: { 'holiday/IMG_2.jpg': null },
    });
    expect(grouped(['001.png', '001_gt.png'])).toEqual({
      '001': { '001.png': null, '001_gt.png': 'gt' },
    });
  });

  it('keeps the mask of a named region with its case', () => {
    expect(grouped(['a_input.png', 'a_hairmask.png'])).toEqual({
      a: { 'a_input.png': 'input', 'a_hairmask.png': 'hair' },
    });
  });

  it('prefers the longest stem, whichever comes first', () => {
    expect(grouped(['a_b_net.png', 'a_input.png', 'a_b_input.png'])).toEqual({
      a: { 'a_input.png': 'input' },
      a_b: { 'a_b_net.png': 'output:net', 'a_b_input.png': 'input' },
    });
  });

  it('groups files that are called nothing but their role, and ignores case', () => {
    expect(grouped(['input.png', 'GT.png'])).toEqual({
      '': { 'input.png': 'input', 'GT.png': 'gt' },
    });
    expect(grouped(['Anna_input.png', 'anna_GT.png'])).toEqual({
      Anna: { 'Anna_input.png': 'input', 'anna_GT.png': 'gt' },
    });
  });

  it('never shifts: leaving any file out does not move the others', () => {
    const all = ['1', '2', '3'].flatMap((id) => [
      `${id}_input.png`,
      `${id}_gt.png`,
      `${id}_mask.png`,
    ]);
    fc.assert(
      fc.property(fc.shuffledSubarray(all), (files) => {
        const groups = groupByStem(files, (file) => file);
        expect(groups.flatMap((group) => group.files)).toHaveLength(files.length);
        for (const group of groups) {
          for (const { file } of group.files) expect(file.startsWith(`${group.stem}_`)).toBe(true);
        }
        expect(new Set(groups.map(({ stem }) => stem)).size).toBe(groups.length);
      }),
    );
  });
});
