import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FileRole, guessRole, type RegionName } from '../../src/core/dataset/roles.ts';

const guess = (path: string) => {
  const { role, region, stem } = guessRole(path);
  return [region ?? role, stem];
};

describe('the role of a loose file', () => {
  it.each([
    ['001_input.png', 'input', '001'],
    ['001_lq.jpg', 'input', '001'],
    ['001_low.jpg', 'input', '001'],
    ['001-gt.png', 'gt', '001'],
    ['001_HR.PNG', 'gt', '001'],
    ['001_ref.png', 'gt', '001'],
    ['anna_marie-target.bmp', 'gt', 'anna_marie'],
    ['001_high.png', 'gt', '001'],
    ['001_mask.png', 'mask', '001'],
    ['001_mask_personmask.jpg', 'mask', '001'],
    ['001_personmask.png', 'mask', '001'],
    ['001_output.png', 'output', '001'],
    ['001_input_restored.png', 'output', '001'],
    ['input.jpg', 'input', ''],
    ['gt_001.png', 'gt', '001'],
    ['scene_gt_001.png', 'gt', 'scene_001'],
    ['001_gt (1).png', 'gt', '001'],
    ['portrait.final_gt.png', 'gt', 'portrait.final'],
    ['001_gt_mask.png', 'mask', '001'],
  ])('%s is %s of "%s"', (name, role, stem) => {
    expect(guess(name)).toEqual([role, stem]);
  });

  it.each([
    ['001_hairmask.png', 'hair'],
    ['001_skinmask.png', 'skin'],
    ['001_skinmaskface.png', 'face-skin'],
    ['001_mask_skymask.png', 'sky'],
  ])('%s is the mask of a named region, not of the person', (name, region) => {
    expect(guessRole(name)).toEqual({ role: null, region, stem: '001', folder: '', method: null });
  });

  it.each([
    'IMG_2034.jpg',
    '001.png',
    'highlands.jpg',
    'low_light_portrait.jpg',
    'high_street.png',
    'unmasked.png',
    'outputs.png',
    'constructor.png',
    'a__proto__.png',
    '',
  ])('%s tells no role', (name) => {
    const { role, region, method } = guessRole(name);
    expect([role, region, method]).toEqual([null, null, null]);
    expect(guessRole(name).stem).toBe(name.replace(/\.\w+$/, ''));
  });
});

describe('the role a folder gives', () => {
  it.each([
    ['input/001.jpg', 'input', '001'],
    ['set/GT/001.png', 'gt', '001'],
    ['mask_personmask/001.png', 'mask', '001'],
    ['mask_hairmask/001.png', 'hair', '001'],
    ['skinmask/001.png', 'skin', '001'],
    ['low-light/001.png', 'input', '001'],
    ['input\\session 2\\001.jpg', 'input', '001'],
    ['./gt/001_high.png', 'gt', '001'],
    ['gt/portrait_low.png', 'gt', 'portrait'],
  ])('%s is %s of %s', (path, role, stem) => {
    expect(guess(path)).toEqual([role, stem]);
  });

  it('lets the file name win over a mere token of a folder', () => {
    expect(guess('low-light-project/001_gt.png')).toEqual(['gt', '001']);
  });

  it('takes any other folder for a possible method', () => {
    expect(guessRole('highres_net/001.png')).toEqual({
      role: null,
      region: null,
      stem: '001',
      folder: 'highres_net',
      method: 'highres_net',
    });
  });

  it('keeps the other folders, so that equal names in two sets stay apart', () => {
    expect(guessRole('val/input/001.png').folder).toBe('val');
    expect(guessRole('train/input/001.png').folder).toBe('train');
  });
});

describe('properties of role guessing', () => {
  const stems = fc.stringMatching(/^[a-z0-9]{1,8}([_-][a-z0-9]{1,8}){0,3}$/);
  const suffixes = fc.constantFrom<[string, FileRole | RegionName]>(
    ['input', 'input'],
    ['lq', 'input'],
    ['gt', 'gt'],
    ['ref', 'gt'],
    ['personmask', 'mask'],
    ['output', 'output'],
    ['hairmask', 'hair'],
    ['skymask', 'sky'],
  );

  it('a role suffix is found and cut off whatever stands before it', () => {
    fc.assert(
      fc.property(stems, suffixes, fc.constantFrom('_', '-'), (stem, [suffix, role], separator) => {
        fc.pre(guessRole(`${stem}.png`).role === null && guessRole(`${stem}.png`).region === null);
        expect(guess(`${stem}${separator}${suffix}.png`)).toEqual([role, stem]);
        expect(guess(`${stem}${separator}${suffix.toUpperCase()}.JPG`)).toEqual([role, stem]);
        expect(guess(`${suffix}/${stem}.png`)).toEqual([role, stem]);
      }),
    );
  });

  it('answers for every string', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const { role, region, stem } = guessRole(name);
        expect(role !== null && region !== null).toBe(false);
        expect(name).toContain(stem.split(/[_-]/)[0]);
      }),
    );
  });
});
