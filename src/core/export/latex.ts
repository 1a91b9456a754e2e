import type { PrintedTable } from './printedTable.ts';

const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '%': '\\%',
  '#': '\\#',
  _: '\\_',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '↑': '$\\uparrow$',
  '↓': '$\\downarrow$',
  Δ: '$\\Delta$',
  '×': '$\\times$',
  '·': '$\\cdot$',
  '≤': '$\\leq$',
  '≥': '$\\geq$',
  '±': '$\\pm$',
  '–': '--',
  '−': '$-$',
};

/** Text with everything that LaTeX would take as a command made harmless. */
export function escapeLatex(text: string): string {
  return text.replace(/[\s\S]/gu, (sign) => {
    if (sign === '\n' || sign === '\r' || sign === '\t') return ' ';
    return Object.hasOwn(SPECIAL, sign) ? (SPECIAL[sign] ?? sign) : sign;
  });
}

/** A table for the booktabs package: best in bold, second best underlined, published rows in grey. */
export function latexTable({ caption, header, rows, notes }: PrintedTable): string {
  const cell = ({ text, mark }: PrintedTable['rows'][number]['cells'][number]) => {
    const escaped = escapeLatex(text);
    if (mark === 'best') return `\\textbf{${escaped}}`;
    return mark === 'second' ? `\\underline{${escaped}}` : escaped;
  };
  const lines = rows.map(({ title, cells, published }) => {
    const name = published ? `\\textit{${escapeLatex(title)}}` : escapeLatex(title);
    return `    ${[name, ...cells.map(cell)].join(' & ')} \\\\`;
  });
  return [
    '% needs \\usepackage{booktabs}',
    '\\begin{table}[t]',
    '  \\centering',
    `  \\caption{${escapeLatex(caption)}}`,
    `  \\begin{tabular}{l${'c'.repeat(Math.max(0, header.length - 1))}}`,
    '    \\toprule',
    `    ${header.map(escapeLatex).join(' & ')} \\\\`,
    '    \\midrule',
    ...lines,
    '    \\bottomrule',
    '  \\end{tabular}',
    ...notes.map((note) => `  % ${note.replaceAll(/\s+/g, ' ')}`),
    '\\end{table}',
    '',
  ].join('\n');
}
