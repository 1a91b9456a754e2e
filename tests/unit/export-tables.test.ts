import { describe, expect, it } from 'vitest';
import type { Column, ScoreTable } from '../../src/core/bench/types.ts';
import { escapeLatex, latexTable } from '../../src/core/export/latex.ts';
import { escapeMarkdown, markdownTable } from '../../src/core/export/markdown.ts';
import { headOf, printTable } from '../../src/core/export/printedTable.ts';
import type { Provenance } from '../../src/core/export/provenance.ts';
import { remarkLines, remarksCsv } from '../../src/core/export/remarks.ts';
import { longCsv, tableJson } from '../../src/core/export/tableFiles.ts';
import type { Remarks } from '../../src/core/inspect/tags.ts';
import { readTable } from '../../src/core/text/csv.ts';

const column = (id: string, direction: Column['direction'], digits: number): Column => ({
  id,
  title: id,
  unit: '',
  direction,
  digits,
  version: '1',
  imported: false,
});

const COLUMNS = [
  { ...column('PSNR', 'higher-is-better', 2), unit: 'dB' },
  column('ΔE', 'lower-is-better', 2),
];

const TABLE = printTable(
  'Val, 40 images',
  COLUMNS,
  [
    { title: 'a_b & c', values: [24.444, 8], published: false },
    { title: '<b>bold</b>', values: [24.446, null], published: false },
    { title: 'First place', values: [30, 7], published: true },
  ],
  ['measured on the CPU'],
);

const REMARKS: Remarks = {
  tags: [{ tag: 'halo', title: 'Halo', method: null, at: 1 }],
  ratings: [{ method: 'm', stars: 2, at: 2 }],
  notes: [{ id: 'n', method: null, text: '=1+1', at: 3 }],
  pins: [{ id: 'p', method: 'm', x: 0.25, y: 1, text: 'a, "b"', at: 4 }],
};

describe('a printed table', () => {
  it('marks by the digits shown and leaves published rows out of it', () => {
    expect(headOf(COLUMNS[0] as Column)).toBe('PSNR (dB) ↑');
    expect(TABLE.rows.map(({ cells }) => cells)).toEqual([
      [
        { text: '24.44', mark: 'second' },
        { text: '8.00', mark: null },
      ],
      [
        { text: '24.45', mark: 'best' },
        { text: '–', mark: null },
      ],
      [
        { text: '30.00', mark: null },
        { text: '7.00', mark: null },
      ],
    ]);
  });

  it('is a LaTeX table in which names cannot be commands', () => {
    const latex = latexTable(TABLE);
    expect(latex).toContain('Method & PSNR (dB) $\\uparrow$ & $\\Delta$E $\\downarrow$ \\\\');
    expect(latex).toContain('a\\_b \\& c & \\underline{24.44} & 8.00 \\\\');
    expect(latex).toContain('\\textbf{24.45} & -- \\\\');
    expect(latex).toContain('\\begin{tabular}{lcc}');
    expect(escapeLatex('\\input{x}^2 50% #1\n')).toBe(
      '\\textbackslash{}input\\{x\\}\\textasciicircum{}2 50\\% \\#1 ',
    );
  });

  it('is a Markdown table in which names cannot be markup', () => {
    const lines = markdownTable(TABLE).split('\n');
    expect(lines[2]).toBe('| Method | PSNR (dB) ↑ | ΔE ↓ |');
    expect(lines[5]).toBe('| &lt;b>bold&lt;/b> | **24.45** | – |');
    expect(lines[6]).toBe('| *First place* | 30.00 | 7.00 |');
    expect(escapeMarkdown('a|b `c` [d](e)')).toBe('a\\|b \\`c\\` \\[d\\](e)');
  });
});

describe('the files of all numbers', () => {
  const table: ScoreTable = {
    cases: ['001', 'with "quotes", commas'],
    methods: ['m'],
    columns: [column('psnr:person', 'higher-is-better', 2)],
    values: new Map([['m', new Map([['psnr:person', Float64Array.of(1 / 3, Number.NaN)]])]]),
  };
  const provenance: Provenance = {
    app: { name: 'Loupe', version: '1' },
    exportedAt: '2026-01-01T00:00:00Z',
    device: { backend: 'reference', adapter: null, verdict: 'exact' },
    decoder: { version: 1, rule: '' },
    regionRule: '',
    regionRuleId: 'grey >= 128',
    masks: { brought: 1, automatic: 1, none: 0, networks: [], automaticCases: ['001'] },
    shifts: [{ case: '001', method: 'm', dx: 3, dy: -2 }],
    metrics: [
      {
        id: 'psnr:person',
        version: '1',
        title: 'PSNR',
        unit: 'dB',
        direction: 'higher-is-better',
        definition: '',
        source: '',
        parameters: { peak: 255 },
        imported: false,
      },
    ],
    methods: [
      {
        method: 'm',
        origin: 'run',
        model: { title: 'M', sha256: 'abc', provider: 'wasm', adapter: null },
      },
    ],
  };

  it('keep every digit and leave out what has no value', () => {
    const { header, rows } = readTable(longCsv(table, provenance), 'x.csv');
    const heads = ['case', 'method', 'column', 'version', 'origin', 'value', 'mask', 'shift'];
    const behind = ['parameters', 'regions', 'decoder', 'device', 'verdict'];
    expect(header).toEqual([...heads, ...behind, 'model_sha256', 'provider', 'app']);
    const value = ['001', 'm', 'psnr:person', '1', 'measured', String(1 / 3), 'automatic', '3 -2'];
    const from = ['{"peak":255}', 'grey >= 128', '1', 'reference', 'exact'];
    expect(rows).toEqual([[...value, ...from, 'abc', 'wasm', 'Loupe 1']]);
    const json = JSON.parse(tableJson(table, provenance, null, { '001': REMARKS }));
    expect(json.remarks['001'].notes[0].text).toBe('=1+1');
    expect(json.values.m['psnr:person']).toEqual([1 / 3, null]);
    expect(json.provenance.device.verdict).toBe('exact');
  });

  it('name every remark, and none of them is a formula', () => {
    const { header, rows } = readTable(remarksCsv({ '001': REMARKS }), 'x.csv');
    expect(header).toEqual(['case', 'method', 'kind', 'text', 'x', 'y', 'time']);
    expect(rows).toEqual([
      ['001', '', 'tag', 'Halo', '', '', '1970-01-01T00:00:00.001Z'],
      ['001', 'm', 'rating', '2', '', '', '1970-01-01T00:00:00.002Z'],
      ['001', '', 'note', "'=1+1", '', '', '1970-01-01T00:00:00.003Z'],
      ['001', 'm', 'pin', 'a, "b"', '0.25', '1', '1970-01-01T00:00:00.004Z'],
    ]);
    expect(remarkLines(REMARKS, (method) => `the ${method}`)).toEqual([
      'Halo',
      'the m: 2 of 5 stars',
      '=1+1',
      'the m: pin 1 at 25 % from the left, 100 % from the top: a, "b"',
    ]);
  });
});
