import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Corrections, type SetFile, surveyFiles } from '../../src/core/dataset/survey.ts';
import { makeRandom, shuffled } from '../../src/core/stats/random.ts';

const filesOf = (...paths: string[]): SetFile[] =>
  paths.map((path) => ({ id: path, path, bytes: 1 }));

const survey = (paths: string[], corrections: Corrections = {}) =>
  surveyFiles(filesOf(...paths), corrections);

describe('a data set’s files', () => {
  it('become cases and methods by folders', () => {
    const { cases, methods, problems } = survey([
      'set/input/001.jpg',
      'set/gt/001.png',
      'set/mask_personmask/001.png',
      'set/hairmask/001.png',
      'set/flash-s/001.png',
      'set/highres_net/001.jpg',
    ]);
    expect(problems).toEqual([]);
    expect(methods).toEqual(['flash-s', 'highres_net']);
    expect(cases).toEqual([
      {
        id: '001',
        title: '001',
        imageId: '001',
        input: 'set/input/001.jpg',
        gt: 'set/gt/001.png',
        mask: 'set/mask_personmask/001.png',
        regionMasks: { hair: 'set/hairmask/001.png' },
        outputs: { 'flash-s': 'set/flash-s/001.png', highres_net: 'set/highres_net/001.jpg' },
      },
    ]);
  });

  it('become cases by suffixes, loose or from several drops', () => {
    const { cases, methods } = survey(['7_input.png', '7_gt.png', '7_mask.png', '7_clahe.png']);
    expect(cases).toHaveLength(1);
    expect(methods).toEqual(['clahe']);
    const apart = survey(['gt/a.png', 'elsewhere/ours/a.png']);
    expect(apart.cases).toHaveLength(1);
    expect(apart.cases[0]?.outputs).toEqual({ ours: 'elsewhere/ours/a.png' });
  });

  it('are the same set in any order', () => {
    const paths = ['gt/001.png', 'gt/002.png', 'gt/003.png', 'm/001.png', 'm/003.png', 'n/002.png'];
    const expected = survey(paths);
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const mixed = survey(shuffled(paths, makeRandom(seed)));
        expect(mixed.cases).toEqual(expected.cases);
        expect(mixed.problems.map(({ sentence }) => sentence).toSorted()).toEqual(
          expected.problems.map(({ sentence }) => sentence).toSorted(),
        );
      }),
    );
  });

  it('never pair by position: what is missing is said', () => {
    const paths = ['gt/001.png', 'gt/002.png', 'm/002.png', 'm/004.png'];
    const { cases, strays, problems } = survey(paths);
    expect(cases.map(({ title, outputs }) => [title, outputs])).toEqual([
      ['001', {}],
      ['002', { m: 'm/002.png' }],
    ]);
    // What belongs to no case counts for none, and can still be moved, renamed and removed.
    expect(strays.map(({ title, outputs }) => [title, outputs])).toEqual([
      ['004', { m: 'm/004.png' }],
    ]);
    expect(problems.map(({ kind, sentence }) => [kind, sentence])).toEqual([
      ['unmatched', '004.png: there is no ground truth called 004.'],
      ['missing-output', 'm has no output for 001.'],
    ]);
  });

  it('say which of two files is used, and let the user choose', () => {
    const paths = ['gt/001.png', 'm/001.jpg', 'm/001.png'];
    const { problems, cases } = survey(paths);
    expect(problems).toMatchObject([{ kind: 'duplicate', files: ['m/001.jpg', 'm/001.png'] }]);
    expect(cases[0]?.outputs.m).toBe('m/001.jpg');
    const chosen = survey(paths, { 'm/001.png': { preferred: true } });
    expect(chosen.cases[0]?.outputs.m).toBe('m/001.png');
    const excluded = survey(paths, { 'm/001.jpg': { excluded: true } });
    expect(excluded.problems).toEqual([]);
    expect(excluded.excluded).toEqual(['m/001.jpg']);
  });

  it('take another role or case where the user says so', () => {
    const paths = ['reference/001.png', 'ours/1.png'];
    const { cases, problems } = survey(paths, {
      'reference/001.png': { place: { role: 'gt' } },
      'ours/1.png': { caseId: '001' },
    });
    expect(cases).toHaveLength(1);
    expect(cases[0]).toMatchObject({
      gt: 'reference/001.png',
      outputs: { ours: 'ours/1.png' },
    });
    expect(problems.map(({ kind }) => kind)).toEqual(['id-disagreement']);
  });

  it('report what stems and three-digit IDs pair differently', () => {
    const collision = survey(['gt/a_001.png', 'gt/b_001.png', 'm/a_001.png', 'm/b_001.png']);
    expect(collision.cases).toHaveLength(2);
    expect(collision.problems.map(({ kind }) => kind)).toEqual(['id-disagreement']);
    expect(collision.problems[0]?.sentence).toContain('share the three-digit ID 001');
  });

  it('keep two sets apart whose stems are the same', () => {
    const { cases } = survey(['a/gt/001.png', 'b/gt/001.png', 'a/m/001.png', 'b/m/001.png']);
    expect(cases.map(({ title, gt }) => [title, gt])).toEqual([
      ['a/001', 'a/gt/001.png'],
      ['b/001', 'b/gt/001.png'],
    ]);
    expect(Object.values(cases[0]?.outputs ?? {})).toEqual(['a/m/001.png']);
    expect(Object.values(cases[1]?.outputs ?? {})).toEqual(['b/m/001.png']);
  });

  it('tell methods apart that share the name of their last folder', () => {
    const { methods, cases, problems } = survey([
      'gt/001.png',
      'first/images/001.png',
      'second/images/001.png',
    ]);
    expect(methods).toEqual(['first/images', 'second/images']);
    expect(Object.keys(cases[0]?.outputs ?? {})).toEqual(methods);
    expect(problems).toEqual([]);
  });

  it('leave out what is no picture, and survive any name', () => {
    expect(survey(['gt/001.png', 'gt/notes.txt', '__MACOSX/gt/._001.png']).excluded).toEqual([
      'gt/notes.txt',
      '__MACOSX/gt/._001.png',
    ]);
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (paths) => {
        const files = paths.map((path, index) => ({ id: String(index), path, bytes: 0 }));
        expect(() => surveyFiles(files)).not.toThrow();
      }),
    );
  });
});
