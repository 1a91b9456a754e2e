import { describe, expect, it } from 'vitest';
import { COLOUR_MAPS } from '../../src/core/colour/colourMaps.ts';
import {
  type Figure,
  type FigureItem,
  type FigurePlan,
  layOutFigure,
} from '../../src/core/inspect/figure.ts';
import { figureSvg } from '../../src/core/inspect/figureSvg.ts';
import { fittedText, textWidth } from '../../src/core/inspect/figureText.ts';

const source = (id: string, width = 400, height = 300) => ({ id, width, height });
const boxes = [
  { x: 10, y: 20, width: 40, height: 30 },
  { x: 200, y: 100, width: 20, height: 20 },
];
const plan: FigurePlan = {
  title: 'Crops',
  overviewLabel: 'Input',
  columns: ['Flash S', 'Gamma <1 & "2"'],
  cases: [
    { label: '001', overview: source('in1'), pictures: [source('a1'), source('b1')], boxes },
    {
      label: '002',
      overview: source('in2'),
      pictures: [source('a2'), null],
      boxes: boxes.slice(1),
    },
  ],
  colourBar: { map: 'viridis', turned: false, low: '0', high: '30', title: 'ΔE' },
  cropWidth: 120,
  pixelated: true,
};

const of = <Kind extends FigureItem['kind']>(figure: Figure, kind: Kind) =>
  figure.items.filter((item): item is Extract<FigureItem, { kind: Kind }> => item.kind === kind);

describe('figure layout', () => {
  const figure = layOutFigure(plan);

  it('enlarges every box of every column to one width at its own aspect', () => {
    const crops = of(figure, 'image').filter(({ source: id }) => !id.startsWith('in'));
    expect(crops.map(({ source: id }) => id)).toEqual(['a1', 'a1', 'b1', 'b1', 'a2']);
    for (const { width, height, crop } of crops) {
      expect(width).toBe(120);
      expect(height / width).toBeCloseTo(crop.height / crop.width, 12);
    }
    const [upper, lower] = crops;
    expect(lower?.y).toBe((upper?.y ?? 0) + 90 + 4);
  });

  it('marks the boxes where they lie in the whole picture, in the colours of their crops', () => {
    const [whole] = of(figure, 'image');
    const frames = of(figure, 'frame');
    // 90 + 4 + 120 high: as the two crops.
    expect(whole?.height).toBe(214);
    expect(whole?.width).toBeCloseTo((214 * 400) / 300, 9);
    expect(frames[0]?.x).toBeCloseTo((whole?.x ?? 0) + (10 * 214) / 300, 9);
    expect(frames[1]?.colour).not.toBe(frames[0]?.colour);
    expect(frames[2]?.colour).toBe(frames[0]?.colour);
  });

  it('keeps everything within its size, and says columns, cases, scales and what is missing', () => {
    for (const item of figure.items) {
      const [right, bottom] = item.kind === 'text' ? [0, 0] : [item.width, item.height];
      expect(Math.min(item.x, item.y)).toBeGreaterThan(0);
      expect(item.x + right).toBeLessThanOrEqual(figure.width);
      expect(item.y + bottom).toBeLessThanOrEqual(figure.height);
    }
    const texts = of(figure, 'text').map(({ content }) => content);
    expect(texts).toEqual(
      expect.arrayContaining(['Input', 'Flash S', '001', '002', 'Crops 3×, 6×', '–', 'ΔE', '30']),
    );
  });

  it('keeps names of any length and script apart, at both of their ends', () => {
    const long = 'IMG_20240131_221530_portrait_of_a_guest_by_candle_light_v12_final.png';
    const names = [
      long,
      'שלום עולם.png',
      '👩‍👩‍👧‍👦'.repeat(20),
      '夜'.repeat(30),
      '<b>&"x"</b>',
      'net',
    ];
    const drawn = layOutFigure({
      ...plan,
      columns: names,
      cases: [{ label: long, overview: source('in'), pictures: names.map(() => null), boxes }],
    });
    const texts = of(drawn, 'text');
    const [first = ''] = texts.map(({ content }) => content).filter((own) => own.includes('…'));
    expect(first).toMatch(/^IMG_.*….*\.png$/);
    for (const { content, x } of texts.filter(({ anchor }) => anchor === 'middle')) {
      const half = textWidth(content, 12) / 2;
      expect(x - half).toBeGreaterThanOrEqual(0);
      expect(x + half).toBeLessThanOrEqual(drawn.width);
      // A family is not torn apart.
      expect(content.replaceAll('👩‍👩‍👧‍👦', '')).not.toMatch(/\p{Extended_Pictographic}/u);
    }
    const heads = texts.slice(1, 1 + names.length);
    expect(heads.every(({ content }) => textWidth(content, 12) <= plan.cropWidth)).toBe(true);
    expect(heads.map(({ content }) => content)).toEqual(expect.arrayContaining(names.slice(4)));
    expect(fittedText('anything', 12, 1)).toBe('…');
  });

  it('is wide enough for its colour bar', () => {
    const bar = { ...plan.colourBar, title: 'A measure with quite a long name, dB' };
    const narrow = layOutFigure({
      ...plan,
      columns: ['One'],
      cases: [
        {
          label: '1',
          overview: source('in', 300, 400),
          pictures: [null],
          boxes: [{ x: 0, y: 0, width: 40, height: 10 }],
        },
      ],
      colourBar: bar as NonNullable<FigurePlan['colourBar']>,
    });
    const title = of(narrow, 'text').find(({ content }) => content === bar.title);
    expect((title?.x ?? 0) + textWidth(bar.title, 12)).toBeLessThanOrEqual(narrow.width);
  });

  it('does not lay cases over each other', () => {
    const wholes = of(figure, 'image').filter(({ source: id }) => id.startsWith('in'));
    expect(wholes[1]?.y).toBeGreaterThan((wholes[0]?.y ?? 0) + (wholes[0]?.height ?? 0));
  });

  it('refuses boxes outside, no case, and sizes that differ', () => {
    const [one] = plan.cases;
    if (one === undefined) throw new Error('no case');
    const broken = (change: Partial<typeof one>) => () =>
      layOutFigure({ ...plan, cases: [{ ...one, ...change }] });
    expect(broken({ boxes: [{ x: 390, y: 0, width: 20, height: 20 }] })).toThrow(/within/);
    expect(broken({ boxes: [] })).toThrow(RangeError);
    expect(broken({ pictures: [source('a1', 200, 150), null] })).toThrow(/sizes/);
    expect(broken({ pictures: [] })).toThrow(/each column/);
    expect(() => layOutFigure({ ...plan, cases: [] })).toThrow(RangeError);
  });
});

describe('figure as SVG', () => {
  const png = 'data:image/png;base64,iVBORw0KGgo=';

  it('embeds the crops and escapes every text', () => {
    const asked: string[] = [];
    const titled = { ...plan, title: '<script>\u0001\ud800' };
    const svg = figureSvg(layOutFigure(titled), ({ source: id, crop }) => {
      asked.push(`${id} ${crop.width}×${crop.height}`);
      return png;
    });
    expect(asked).toContain('a1 40×30');
    expect(svg.match(/<image /g)).toHaveLength(7);
    expect(svg).toContain('Gamma &lt;1 &amp; &quot;2&quot;');
    expect(svg).toContain('<title>&lt;script&gt; \uFFFD</title>');
    expect(svg).not.toContain('<script');
    expect(svg.match(/image-rendering="pixelated"/g)).toHaveLength(5);
  });

  it('draws the colour bar from the map’s first colour to its last, or back', () => {
    const { table } = COLOUR_MAPS.viridis;
    const stops = (turned: boolean) => {
      const bar = { map: 'viridis', turned, low: '', high: '', title: '' } as const;
      const svg = figureSvg(layOutFigure({ ...plan, colourBar: bar }), () => png);
      return Array.from(svg.matchAll(/stop-color="rgb\(([\d,]+)\)"/g), ([, colour]) => colour);
    };
    expect(stops(false)[0]).toBe(table.slice(0, 3).join(','));
    expect(stops(false).at(-1)).toBe(table.slice(-3).join(','));
    expect(stops(true)).toEqual(stops(false).reverse());
  });

  it('takes nothing but PNG data URLs', () => {
    for (const url of ['https://example.org/a.png', 'data:image/png;base64,a"/><script>', '']) {
      expect(() => figureSvg(layOutFigure(plan), () => url)).toThrow(RangeError);
    }
  });
});
