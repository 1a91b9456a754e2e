import { BadInput } from '../../core/badInput.ts';
import { paretoFront } from '../../core/bench/pareto.ts';
import { summarise } from '../../core/bench/summary.ts';
import type { Column } from '../../core/bench/types.ts';
import { columnOf } from '../../core/bench/types.ts';
import { listNames } from '../../core/dataset/pairing.ts';
import { latexTable } from '../../core/export/latex.ts';
import { markdownTable } from '../../core/export/markdown.ts';
import { distributionPlot, pointPlot } from '../../core/export/plots.ts';
import { type PrintedTable, printTable } from '../../core/export/printedTable.ts';
import type { MaskProvenance, Provenance } from '../../core/export/provenance.ts';
import { remarksCsv } from '../../core/export/remarks.ts';
import { reportHtml } from '../../core/export/report.ts';
import { longCsv, tableJson } from '../../core/export/tableFiles.ts';
import { shiftText } from '../../core/inspect/shiftWords.ts';
import type { ArchivePart } from '../../protocol/archive.ts';
import type { BenchContext } from './context.ts';
import { openFile } from './files.ts';
import type { BenchExport, RankingRow } from './model.ts';
import { organisersFiles } from './organisers.ts';
import { provenanceOf } from './provenance.ts';
import { meansOf, rankingOf } from './rank.ts';
import { allRemarks, worstCases } from './reportCases.ts';
import { writeWorkspace } from './workspaceFile.ts';

/** What tables are ranked by. */
type Ranked = Extract<BenchExport, { readonly by: unknown }>;
type Report = Extract<BenchExport, { readonly kind: 'report' }>;

const textFile = (name: string, type: string, content: string) =>
  new File([content], name, { type });

async function zip(context: BenchContext, name: string, parts: readonly ArchivePart[]) {
  const written = await context.archives.call((api) => api.write(parts));
  if (!written.ok) throw new BadInput(written.error.message);
  return new File([written.value], name, { type: 'application/zip' });
}

/** The ranking's score as a column of its own, before the means: rows stand in its order. */
const scoreColumn = (title: string): Column => ({
  id: 'score',
  title,
  unit: '',
  direction: 'higher-is-better',
  digits: 2,
  version: '',
  imported: false,
});

/** Where people were found by a network, the reader of a table must know. */
function maskRemark({ automatic, networks }: MaskProvenance): string[] {
  if (automatic === 0) return [];
  const where = automatic === 1 ? '1 case' : `${automatic} cases`;
  const by = networks.map(({ title }) => `“${title}”`).join(' and ');
  return [`In ${where} the person mask is automatic, found by the network ${by}.`];
}

/** Where people found outputs shifted, the reader of a table must know that its numbers are not. */
function shiftRemark({ shifts }: Provenance): string[] {
  if (shifts.length === 0) return [];
  const which = shifts.map((own) => `${own.method} in ${own.case} by ${shiftText(own)}`);
  return [
    `Found to be shifted against the ground truth and measured as they lie: ${listNames(which)}.`,
  ];
}

/** Means of all methods with the score they come to, published results between them. */
function printed(context: BenchContext, { by, asPrinted }: Ranked): PrintedTable {
  const { table, cases } = context.store.state;
  const ranking = rankingOf(context, by, asPrinted);
  const columns = table.columns.filter(({ id }) =>
    table.methods.some((method) => columnOf(table, method, id).some(Number.isFinite)),
  );
  const valuesOf = ({ method, final, score }: RankingRow) => {
    const means = method === null ? {} : meansOf(table, method);
    return [final ?? score, ...columns.map(({ id }) => means[id] ?? null)];
  };
  const provenance = provenanceOf(context, new Date());
  const { app, device, masks } = provenance;
  return printTable(
    `${ranking.title}: means over ${cases.length} ${cases.length === 1 ? 'case' : 'cases'}`,
    [scoreColumn('Score'), ...columns],
    ranking.rows.map((row) => ({
      title: row.title,
      values: valuesOf(row),
      published: row.published,
    })),
    [
      ranking.definition,
      ...ranking.rows.flatMap(({ title, remarks }) =>
        remarks.map((remark) => `${title}: ${remark}`),
      ),
      `${app.name} ${app.version}; measured by ${device.backend === 'wgsl' ? `WGSL on ${device.adapter}` : 'the float64 reference'}, numbers ${device.verdict}.`,
      ...maskRemark(masks),
      ...shiftRemark(provenance),
    ],
  );
}

function plotsOf(context: BenchContext, main: Column | undefined): string[] {
  const { table, methods } = context.store.state;
  if (main === undefined) return [];
  const shown = methods.filter(({ hidden }) => !hidden);
  const series = shown.map(({ id, title }) => ({ title, values: columnOf(table, id, main.id) }));
  const points = shown.flatMap(({ id, title, macs720p }) => {
    const mean = summarise(columnOf(table, id, main.id), main.direction)?.mean;
    return macs720p === null || mean === undefined ? [] : [{ title, x: macs720p / 1e9, y: mean }];
  });
  const costs = points.map(({ title, x, y }) => ({ id: title, cost: x, quality: y }));
  const front = paretoFront(costs, main.direction).map(({ id, cost, quality }) => ({
    title: id,
    x: cost,
    y: quality,
  }));
  return [
    distributionPlot(main.title, series),
    ...(points.length > 1
      ? [pointPlot('Quality and cost', ['GMACs for 1280×720', main.title], points, front)]
      : []),
  ];
}

async function report(context: BenchContext, what: Report): Promise<string> {
  const { table } = context.store.state;
  const main = table.columns.find(({ id }) => id === 'deltae:person') ?? table.columns[0];
  return reportHtml({
    title: 'Loupe: a comparison of methods',
    tables: [printed(context, what)],
    plots: plotsOf(context, main),
    worst: main === undefined ? [] : await worstCases(context, main, what.worstOf),
    remarks: allRemarks(context),
    studies: (await context.guest?.report()) ?? [],
    provenance: provenanceOf(context, new Date()),
  });
}

/** All outputs of a method, named as the challenge wants them: by the case, byte for byte as they are. */
async function outputs(context: BenchContext, method: string): Promise<File> {
  const parts: ArchivePart[] = [];
  for (const { title, imageId, outputs: own } of context.survey.cases) {
    const id = own[method];
    if (id === undefined) continue;
    const file = await openFile(context, id);
    if (!file.ok) throw new BadInput(file.error.message);
    const extension = /\.[^.]+$/.exec(id)?.[0].toLowerCase() ?? '.png';
    parts.push({ path: `${imageId ?? title}${extension}`, data: file.value });
  }
  if (parts.length === 0) throw new BadInput(`${method} has no outputs.`);
  return zip(context, `${method.replaceAll('/', '-')}.zip`, parts);
}

async function organisers(context: BenchContext, method: string): Promise<File> {
  const files = organisersFiles(context, method);
  const parts = Object.entries(files).map(([path, content]) => ({
    path,
    data: new Blob([content]),
  }));
  return zip(context, `scores-${method.replaceAll('/', '-')}.zip`, parts);
}

/**
 * What the user wants to have as a file.
 * @throws {BadInput} with the sentence why it cannot be made
 */
export async function exportFile(context: BenchContext, what: BenchExport): Promise<File> {
  const { state } = context.store;
  switch (what.kind) {
    case 'organisers':
      return organisers(context, what.method);
    case 'outputs':
      return outputs(context, what.method);
    case 'workspace':
      return writeWorkspace(context, what.images);
    case 'formula':
      return textFile(
        'formula.json',
        'application/json',
        `${JSON.stringify(state.formula, null, 1)}\n`,
      );
    case 'csv':
      return textFile(
        'scores.csv',
        'text/csv',
        longCsv(state.table, provenanceOf(context, new Date())),
      );
    case 'json':
      return textFile(
        'scores.json',
        'application/json',
        tableJson(
          state.table,
          provenanceOf(context, new Date()),
          rankingOf(context, what.by, what.asPrinted),
          context.settings.remarks,
        ),
      );
    case 'remarks':
      return textFile('remarks.csv', 'text/csv', remarksCsv(context.settings.remarks));
    case 'latex':
      return textFile('table.tex', 'application/x-tex', latexTable(printed(context, what)));
    case 'markdown':
      return textFile('table.md', 'text/markdown', markdownTable(printed(context, what)));
    case 'report':
      return textFile('report.html', 'text/html', await report(context, what));
  }
}
