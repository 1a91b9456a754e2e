import { describe, expect, it } from 'vitest';
import { distributionPlot, pointPlot, ticksOf } from '../../src/core/export/plots.ts';
import type { Provenance } from '../../src/core/export/provenance.ts';
import { reportHtml } from '../../src/core/export/report.ts';

const provenance: Provenance = {
  app: { name: 'Loupe', version: '1.0' },
  exportedAt: '2026-01-01T00:00:00Z',
  device: { backend: 'wgsl', adapter: '<img src=x>', verdict: 'exact' },
  decoder: { version: 1, rule: '' },
  regionRule: '',
  regionRuleId: '',
  masks: { brought: 1, automatic: 0, none: 0, networks: [], automaticCases: [] },
  shifts: [],
  metrics: [
    {
      id: 'import:MUSIQ',
      version: 'imported',
      title: 'MUSIQ',
      unit: '',
      direction: 'higher-is-better',
      definition: '',
      source: '',
      parameters: {},
      imported: true,
    },
  ],
  methods: [],
};

describe('plots', () => {
  it.each([
    [0, 10, [0, 2, 4, 6, 8, 10]],
    [0.61, 0.89, [0.6, 0.7, 0.8, 0.9]],
    [-3, 4, [-4, -2, 0, 2, 4]],
    [5, 5, [5, 6]],
  ])('have round ticks from %f to %f', (low, high, expected) => {
    expect(ticksOf(low, high)).toEqual(expected);
  });

  it('place the median where the axis says', () => {
    const plot = distributionPlot('ΔE', [{ title: 'm', values: [0, 5, 10, Number.NaN] }]);
    // The axis runs from 0 at 150 to 10 at 620: the median 5 lies in the middle.
    expect(plot).toContain('<line x1="385.0" x2="385.0" y1="35" y2="47"');
    expect(plot.match(/<circle/g)).toHaveLength(3);
  });

  it('draw nothing that is not a number, whatever is missing', () => {
    const plots = [
      distributionPlot('none', [{ title: 'm', values: [] }]),
      pointPlot('one', ['x', 'y'], [{ title: 'm', x: 3, y: 3 }]),
    ];
    for (const plot of plots) expect(plot).not.toMatch(/NaN|Infinity/);
  });
});

describe('the report', () => {
  const hostile = '<script>alert(1)</script>';
  const html = reportHtml({
    title: hostile,
    tables: [
      {
        caption: hostile,
        header: ['Method'],
        rows: [{ title: hostile, cells: [{ text: hostile, mark: 'best' }], published: false }],
        notes: [hostile],
      },
    ],
    plots: [distributionPlot(hostile, [{ title: hostile, values: [1] }])],
    worst: [
      {
        title: '"onload="x',
        method: hostile,
        value: 'ΔE 20',
        said: [hostile, 'halo'],
        pins: [{ number: 1, x: 0.25, y: 1 }],
        pictures: [
          { title: 'good', dataUrl: 'data:image/png;base64,AAAA' },
          { title: 'bad', dataUrl: 'https://example.org/x.png' },
          { title: 'worse', dataUrl: 'data:image/png;base64,AA" onerror="x' },
        ],
      },
    ],
    remarks: [{ title: hostile, said: [hostile] }],
    studies: [
      { title: hostile, sentences: [hostile, 'Five raters.'], tables: [], plots: ['<svg></svg>'] },
    ],
    provenance,
  });

  it('shows every name as text', () => {
    expect(html).not.toContain('<script');
    expect(html).not.toContain('<img src=x>');
    expect(html).not.toMatch(/"onload=/);
    expect(html.match(/&lt;script&gt;/g)?.length).toBeGreaterThan(8);
  });

  it('holds only pictures that lie inside it, and forbids everything else', () => {
    expect(html.match(/<img [^>]*>/g)).toEqual([
      '<img src="data:image/png;base64,AAAA" alt="good of &quot;onload=&quot;x">',
    ]);
    expect(html).toContain("default-src 'none'; img-src data:");
    expect(html).toContain('<li>halo</li>');
    expect(html.match(/<b style[^>]*>1<\/b>/g)).toEqual([
      '<b style="left:25.00%;top:100.00%">1</b>',
    ]);
    expect(html).toContain('<p>Five raters.</p>');
    expect(html).toContain('<svg></svg>');
    expect(html).toContain('Imported: not measured by Loupe.');
  });
});
