import { type Accessor, createMemo, createSignal } from 'solid-js';
import { unwrap } from 'solid-js/store';
import type { BenchMethodView, BenchModel } from '../../app/bench/model.ts';
import type { SummaryKind } from '../../core/bench/summary.ts';
import type { Column, ScoreTable } from '../../core/bench/types.ts';
import type { ChallengeId } from '../../core/challenges/types.ts';
import { NO_REMARKS } from '../../core/inspect/tags.ts';
import type { CaseEntry } from './cases-table.ts';
import { columnsToShow } from './columns.ts';
import type { Sorting } from './sorting.ts';
import type { TabId } from './tabs.ts';

/** What the user chose on the bench; kept while the page is open, also behind other doors. */
export function createBenchChoices() {
  const [statistic, setStatistic] = createSignal<SummaryKind>('mean');
  const [methodSorting, setMethodSorting] = createSignal<Sorting>({ key: null, descending: false });
  const [caseSorting, setCaseSorting] = createSignal<Sorting>({ key: null, descending: false });
  const [filter, setFilter] = createSignal('');
  /** The method whose numbers the cases show; null: one metric of all methods. */
  const [caseMethod, setCaseMethod] = createSignal<string | null>(null);
  /** The method that `caseMethod` is compared with; null: its numbers as they are. */
  const [caseAgainst, setCaseAgainst] = createSignal<string | null>(null);
  const [metric, setMetric] = createSignal<string | null>(null);
  const [hiddenColumns, setHiddenColumns] = createSignal<ReadonlySet<string>>(new Set());
  const [tab, setTab] = createSignal<TabId>('methods');
  const [caseScroll, setCaseScroll] = createSignal(0);
  const [rankingBy, setRankingBy] = createSignal<ChallengeId | 'formula'>('raim2026');
  /** Whether a challenge's formula is taken as its report prints it. */
  const [rankingPrinted, setRankingPrinted] = createSignal(false);
  return {
    statistic,
    setStatistic,
    methodSorting,
    setMethodSorting,
    caseSorting,
    setCaseSorting,
    filter,
    setFilter,
    caseMethod,
    setCaseMethod,
    caseAgainst,
    setCaseAgainst,
    metric,
    setMetric,
    hiddenColumns,
    setHiddenColumns,
    tab,
    setTab,
    caseScroll,
    setCaseScroll,
    rankingBy,
    rankingPrinted,
    setRankingPrinted,
    setRankingBy,
  };
}

export type BenchChoices = ReturnType<typeof createBenchChoices>;

/** The set and the choices, as all tabs read them. */
export interface BenchView {
  readonly bench: BenchModel;
  readonly choices: BenchChoices;
  readonly table: Accessor<ScoreTable>;
  /** Methods that are not hidden. */
  readonly methods: Accessor<readonly BenchMethodView[]>;
  /** Columns with numbers, the hidden ones among them. */
  readonly columns: Accessor<readonly Column[]>;
  readonly shownColumns: Accessor<readonly Column[]>;
  /** The metric that tables of all methods, slices and plots begin with. */
  readonly metric: Accessor<Column | null>;
  readonly cases: Accessor<readonly CaseEntry[]>;
  readonly titleOf: (method: string) => string;
  /** Puts a case on the Look page. */
  readonly open: (caseId: string, method: string | null) => void;
}

export function createBenchView(
  bench: BenchModel,
  choices: BenchChoices,
  onOpened: () => void,
): BenchView {
  const { state } = bench;
  // Numbers are read by the thousand: without the store's bookkeeping of every one.
  const table = createMemo(() => unwrap(state.table));
  const methods = createMemo(() => state.methods.filter(({ hidden }) => !hidden));
  const ids = () => methods().map(({ id }) => id);
  const columns = createMemo(() => columnsToShow(table(), ids()));
  const shownColumns = createMemo(() =>
    columns().filter(({ id }) => !choices.hiddenColumns().has(id)),
  );
  const metric = createMemo(
    () => columns().find(({ id }) => id === choices.metric()) ?? columns()[0] ?? null,
  );
  const cases = createMemo(() => {
    const { tags, remarks, shifts } = state;
    return state.cases.map(({ id, title }, index) => ({
      index,
      id,
      title,
      tags: tags[id] ?? [],
      said: remarks[id] ?? NO_REMARKS,
      shifts: shifts[id] ?? {},
    }));
  });
  return {
    bench,
    choices,
    table,
    methods,
    columns,
    shownColumns,
    metric,
    cases,
    titleOf: (method) => state.methods.find(({ id }) => id === method)?.title ?? method,
    open: (caseId, method) => void bench.commands.openInLook(caseId, method).then(onOpened),
  };
}
