import type { PrintedTable } from './printedTable.ts';

/** Text that Markdown and the HTML made from it take as text. */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_[\]|#~]/g, (sign) => `\\${sign}`);
}

/** A pipe table: best in bold, second best underlined, published rows in italics. */
export function markdownTable({ caption, header, rows, notes }: PrintedTable): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const cell = ({ text, mark }: PrintedTable['rows'][number]['cells'][number]) => {
    const escaped = escapeMarkdown(text);
    if (mark === 'best') return `**${escaped}**`;
    return mark === 'second' ? `<u>${escaped}</u>` : escaped;
  };
  return [
    `**${escapeMarkdown(caption)}**`,
    '',
    line(header.map(escapeMarkdown)),
    line(header.map((_, index) => (index === 0 ? '---' : '---:'))),
    ...rows.map(({ title, cells, published }) =>
      line([published ? `*${escapeMarkdown(title)}*` : escapeMarkdown(title), ...cells.map(cell)]),
    ),
    ...(notes.length > 0 ? ['', ...notes.map((note) => `- ${escapeMarkdown(note)}`)] : []),
    '',
  ].join('\n');
}
