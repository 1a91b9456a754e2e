import { escapeHtml } from './html.ts';
import type { PrintedTable } from './printedTable.ts';
import type { Provenance } from './provenance.ts';
import { REPORT_STYLE } from './reportStyle.ts';

/** A case of the report's worst list, with its pictures inside the file. */
export interface ReportCase {
  readonly title: string;
  readonly method: string;
  /** "ΔE (OpenCV 8-bit), person: 21.3" */
  readonly value: string;
  /** What was said of it, a line each (`remarkLines`). */
  readonly said: readonly string[];
  /** Places that were pinned, as shares of width and height, with their numbers in `said`. */
  readonly pins: readonly { readonly number: number; readonly x: number; readonly y: number }[];
  /** Small pictures as data URLs, with their names. */
  readonly pictures: readonly { readonly title: string; readonly dataUrl: string }[];
}

/** What was said of a case that is not among the worst ones too. */
export interface ReportRemarks {
  readonly title: string;
  readonly said: readonly string[];
}

/** A study of people's judgement with its analysis. */
export interface ReportStudy {
  readonly title: string;
  /** Finished sentences: protocol, raters, agreement, warnings. */
  readonly sentences: readonly string[];
  readonly tables: readonly PrintedTable[];
  /** SVG text of `plots.ts` or drawn like it: names in it are escaped. */
  readonly plots: readonly string[];
}

export interface ReportParts {
  readonly title: string;
  readonly tables: readonly PrintedTable[];
  /** SVG text of `plots.ts`. */
  readonly plots: readonly string[];
  readonly worst: readonly ReportCase[];
  readonly remarks: readonly ReportRemarks[];
  readonly studies: readonly ReportStudy[];
  readonly provenance: Provenance;
}

function tableHtml({ caption, header, rows, notes }: PrintedTable): string {
  // The arrow stays with the last word.
  const words = header.map((cell) => escapeHtml(cell).replace(/ ([↑↓])$/, '\u00a0$1'));
  const head = words.map((cell) => `<th scope="col">${cell}</th>`).join('');
  const body = rows
    .map(({ title, cells, published }) => {
      const own = cells
        .map(({ text, mark }) => `<td${mark ? ` class="${mark}"` : ''}>${escapeHtml(text)}</td>`)
        .join('');
      return `<tr${published ? ' class="published"' : ''}><td>${escapeHtml(title)}</td>${own}</tr>`;
    })
    .join('\n');
  const below = notes.map((note) => `<p><small>${escapeHtml(note)}</small></p>`).join('');
  return `<div class="wide"><table><caption>${escapeHtml(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>${below}`;
}

const listHtml = (lines: readonly string[]) =>
  lines.length === 0
    ? ''
    : `<ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`;

function remarksHtml(remarks: readonly ReportRemarks[]): string {
  if (remarks.length === 0) return '';
  const cases = remarks.map(({ title, said }) => `<h3>${escapeHtml(title)}</h3>${listHtml(said)}`);
  return `<h2>Remarks</h2>${cases.join('\n')}`;
}

function studyHtml({ title, sentences, tables, plots }: ReportStudy): string {
  return `<h2>${escapeHtml(title)}</h2>${sentences.map((sentence) => `<p>${escapeHtml(sentence)}</p>`).join('')}
${tables.map(tableHtml).join('\n')}
${plots.join('\n')}`;
}

/** A pin's number at its place; the place is a number of ours, never a text. */
const pinHtml = ({ number, x, y }: ReportCase['pins'][number]): string =>
  `<b style="left:${(Number(x) * 100).toFixed(2)}%;top:${(Number(y) * 100).toFixed(2)}%">${Number(number)}</b>`;

function caseHtml({ title, method, value, said, pins, pictures }: ReportCase): string {
  const marks = pins.map(pinHtml).join('');
  const figures = pictures
    // Only what Loupe itself drew: an address from outside would call home when the report is read.
    .filter(({ dataUrl }) => /^data:image\/(png|jpeg);base64,[A-Za-z0-9+/=]+$/.test(dataUrl))
    .map(
      (picture) =>
        `<figure><span class="pinned"><img src="${picture.dataUrl}" alt="${escapeHtml(`${picture.title} of ${title}`)}">${marks}</span><figcaption>${escapeHtml(picture.title)}</figcaption></figure>`,
    )
    .join('');
  return `<section><h3>${escapeHtml(title)} · ${escapeHtml(method)}</h3><p>${escapeHtml(value)}</p>${listHtml(said)}${figures}</section>`;
}

/**
 * A report in one HTML file: tables, plots, worst cases, definitions and provenance. It loads
 * nothing, runs nothing (its own policy forbids both), and whatever names it holds are text.
 */
export function reportHtml(parts: ReportParts): string {
  const { title, tables, plots, worst, remarks, studies, provenance } = parts;
  const { app, exportedAt, device, metrics } = provenance;
  const definitions = metrics
    .map(
      (metric) =>
        `<dt>${escapeHtml(metric.title)} <code>${escapeHtml(metric.id)} v${escapeHtml(metric.version)}</code></dt><dd>${escapeHtml(metric.imported ? 'Imported: not measured by Loupe.' : metric.definition)}</dd>`,
    )
    .join('');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title><style>${REPORT_STYLE}</style></head><body>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(app.name)} ${escapeHtml(app.version)}, ${escapeHtml(exportedAt)}; measured by ${device.backend === 'wgsl' ? `WGSL on ${escapeHtml(device.adapter ?? 'an unknown adapter')}` : 'the float64 reference'}, numbers ${escapeHtml(device.verdict)}.</p>
${tables.map(tableHtml).join('\n')}
${plots.join('\n')}
${worst.length > 0 ? `<h2>Worst cases</h2>${worst.map(caseHtml).join('\n')}` : ''}
${remarksHtml(remarks)}
${studies.map(studyHtml).join('\n')}
<h2>Definitions</h2><dl>${definitions}</dl>
<details><summary>Provenance</summary><pre><code>${escapeHtml(JSON.stringify(provenance, null, 1))}</code></pre></details>
</body></html>
`;
}
