import { For, type JSX, Match, Switch } from 'solid-js';
import type { MethodView } from '../../app/model.ts';
import type { BenchView } from './bench-view.ts';
import { CasesTab } from './CasesTab.tsx';
import { CompareTab } from './CompareTab.tsx';
import { FormulaTab } from './FormulaTab.tsx';
import { ImportsTab } from './ImportsTab.tsx';
import { MethodsTab } from './MethodsTab.tsx';
import { PlotsTab } from './PlotsTab.tsx';
import { RankingTab } from './RankingTab.tsx';
import { SlicesTab } from './SlicesTab.tsx';
import { SubmissionTab } from './SubmissionTab.tsx';
import { TAB_IDS, TAB_TITLES, type TabId } from './tabs.ts';

interface BenchTabsProps {
  readonly view: BenchView;
  readonly tab: TabId;
  readonly methods: readonly MethodView[];
  readonly onTab: (tab: TabId) => void;
  /** Opens the file picker. */
  readonly onPick: () => void;
}

/** The views of the numbers, one at a time. */
export function BenchTabs(props: BenchTabsProps): JSX.Element {
  return (
    <>
      <TabList tab={props.tab} onTab={props.onTab} />
      <div class="tab-panel" role="tabpanel" id="bench-panel" aria-labelledby={tabId(props.tab)}>
        <Panel {...props} />
      </div>
    </>
  );
}

function Panel(props: BenchTabsProps): JSX.Element {
  const showCases = (line: string) => {
    props.view.choices.setFilter(line);
    props.onTab('cases');
  };
  const ready = () => props.methods.filter(({ status }) => status.status === 'ready');
  return (
    <Switch>
      <Match when={props.tab === 'methods'}>
        <MethodsTab view={props.view} onFilter={showCases} />
      </Match>
      <Match when={props.tab === 'cases'}>
        <CasesTab view={props.view} />
      </Match>
      <Match when={props.tab === 'compare'}>
        <CompareTab view={props.view} />
      </Match>
      <Match when={props.tab === 'slices'}>
        <SlicesTab view={props.view} onFilter={showCases} />
      </Match>
      <Match when={props.tab === 'ranking'}>
        <RankingTab view={props.view} onImport={props.onPick} />
      </Match>
      <Match when={props.tab === 'formula'}>
        <FormulaTab view={props.view} onLoad={props.onPick} />
      </Match>
      <Match when={props.tab === 'plots'}>
        <PlotsTab view={props.view} />
      </Match>
      <Match when={props.tab === 'imports'}>
        <ImportsTab view={props.view} onImport={props.onPick} />
      </Match>
      <Match when={props.tab === 'submission'}>
        <SubmissionTab view={props.view} methods={ready()} />
      </Match>
    </Switch>
  );
}

const tabId = (id: TabId) => `bench-tab-${id}`;

/** Arrow keys go along the tabs, as in any tab list. */
const STEPS: Readonly<Record<string, (at: number) => number>> = {
  ArrowRight: (at) => (at + 1) % TAB_IDS.length,
  ArrowLeft: (at) => (at + TAB_IDS.length - 1) % TAB_IDS.length,
  Home: () => 0,
  End: () => TAB_IDS.length - 1,
};

function TabList(props: Pick<BenchTabsProps, 'tab' | 'onTab'>): JSX.Element {
  const step = (event: KeyboardEvent) => {
    const id = TAB_IDS[STEPS[event.key]?.(TAB_IDS.indexOf(props.tab)) ?? -1];
    if (!id) return;
    event.preventDefault();
    props.onTab(id);
    document.getElementById(tabId(id))?.focus();
  };
  return (
    <div class="tab-list" role="tablist" aria-label="Views of the numbers" onKeyDown={step}>
      <For each={TAB_IDS}>
        {(id) => (
          <button
            type="button"
            role="tab"
            class="tab"
            id={tabId(id)}
            aria-selected={props.tab === id}
            aria-controls="bench-panel"
            tabindex={props.tab === id ? 0 : -1}
            onClick={() => props.onTab(id)}
          >
            {TAB_TITLES[id]}
          </button>
        )}
      </For>
    </div>
  );
}
