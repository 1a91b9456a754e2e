import { describe, expect, test } from 'vitest';
import type { MethodOutputView, PictureView } from '../../src/app/model.ts';
import { layOutFigure } from '../../src/core/inspect/figure.ts';
import {
  columnsOf,
  type FigureChoice,
  pictureFor,
  pixelBox,
  planOf,
  sourceId,
  sourceOf,
} from '../../src/ui/figure/figure-choice.ts';

const picture = (name: string, width = 400, height = 300): PictureView => ({
  sha256: name,
  name,
  bytes: 1,
  width,
  height,
  format: 'png',
  bitDepth: 8,
  exact: true,
  profileName: null,
  bitmap: null,
});

const method = (id: string, title: string, own = picture(id)): MethodOutputView => ({
  methodId: id,
  title,
  output: { picture: own, origin: { kind: 'dropped' } },
  strength: 100,
  values: null,
});

const FIRST = {
  id: 'a',
  input: picture('in'),
  gt: picture('gt'),
  methods: [method('net', 'Net'), method('small:one', 'Small', picture('small', 40, 30))],
};
const SECOND = { id: 'b', input: picture('in2', 800, 600), gt: null, methods: [] };
const BOX = { x: 0.25, y: 0.5, width: 0.1, height: 0.2 };

const choice = (change: Partial<FigureChoice> = {}): FigureChoice => ({
  cases: [
    { id: 'a', on: true, label: '001' },
    { id: 'b', on: true, label: '002' },
  ],
  columns: columnsOf([FIRST, SECOND]),
  overview: 'gt',
  boxes: [BOX],
  map: 'ssim',
  cropWidth: 200,
  pixelated: true,
  ...change,
});

const all = (on: boolean) => columnsOf([FIRST, SECOND]).map((column) => ({ ...column, on }));

describe('what a figure shows', () => {
  test('offers every column that some case can fill, error maps at first left out', () => {
    expect(columnsOf([FIRST, SECOND]).map(({ id, on, label }) => [id, on, label])).toEqual([
      ['input', true, 'Input'],
      ['output:net', true, 'Net'],
      ['output:small:one', true, 'Small'],
      ['gt', true, 'Ground truth'],
      ['map:net', false, 'Net, error'],
      ['map:small:one', false, 'Small, error'],
    ]);
    expect(columnsOf([SECOND]).map(({ id }) => id)).toEqual(['input']);
  });

  test('a column is a picture of the case, an error map one of its method', () => {
    expect(pictureFor('gt', 'ssim')).toEqual({ kind: 'gt' });
    expect(pictureFor('output:small:one', 'ssim')).toEqual({ kind: 'output', method: 'small:one' });
    expect(pictureFor('map:net', 'ssim')).toEqual({ kind: 'map', method: 'net', map: 'ssim' });
    expect(sourceOf(sourceId('a', 'map:net'))).toEqual(['a', 'map:net']);
  });

  test('boxes are the same part of every case, in whole pixels within it', () => {
    const plan = planOf(choice(), [FIRST, SECOND], 'magma');
    expect(plan?.cases.map(({ boxes }) => boxes)).toEqual([
      [{ x: 100, y: 150, width: 40, height: 60 }],
      [{ x: 200, y: 300, width: 80, height: 120 }],
    ]);
    expect(pixelBox({ x: 1, y: 0.999, width: 0, height: 2 }, { width: 10, height: 10 })).toEqual({
      x: 9,
      y: 9,
      width: 1,
      height: 1,
    });
  });

  test('what a case lacks, or has in another size, stays empty; the layout takes it', () => {
    const plan = planOf(choice({ columns: all(true) }), [FIRST, SECOND], 'magma');
    if (plan === null) throw new Error('there is a figure');
    const filled = plan.cases.map(({ pictures }) => pictures.map((own) => own !== null));
    expect(filled).toEqual([
      [true, true, false, true, true, false],
      [true, false, false, false, false, false],
    ]);
    const overviews = plan.cases.map(({ overview }) => sourceOf(overview.id)[1]);
    expect(overviews).toEqual(['gt', 'input']);
    expect(layOutFigure(plan).items.filter(({ kind }) => kind === 'text').length).toBeGreaterThan(
      8,
    );
  });

  test('error maps bring their scale, turned where little is bad', () => {
    expect(planOf(choice(), [FIRST], 'magma')?.colourBar).toBeNull();
    const turned = planOf(choice({ columns: all(true) }), [FIRST], 'viridis')?.colourBar;
    expect(turned).toMatchObject({ map: 'viridis', turned: true, low: '0', high: '1' });
    const signed = choice({ columns: all(true), map: 'signed-luma' });
    expect(planOf(signed, [FIRST], 'viridis')?.colourBar).toMatchObject({
      map: 'diverging',
      turned: false,
      low: expect.stringMatching(/^−/),
      high: expect.stringMatching(/^\+/),
    });
  });

  test('without a case, a column or a box there is none', () => {
    expect(planOf(choice({ boxes: [] }), [FIRST], 'magma')).toBeNull();
    expect(planOf(choice({ columns: all(false) }), [FIRST], 'magma')).toBeNull();
    expect(planOf(choice({ cases: [] }), [FIRST], 'magma')).toBeNull();
  });
});
