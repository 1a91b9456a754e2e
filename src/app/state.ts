import { createStore } from 'solid-js/store';
import { MAP_IDS } from '../core/metrics/maps.ts';
import { CASE_ORDERS } from './caseOrder.ts';
import { classicalMethods } from './classical.ts';
import { NO_LEARNED_METRICS } from './learnedDefinitions.ts';
import { DEFAULT_LOOK, isFlag, isOneOf, VALID_LOOK } from './lookSettings.ts';
import {
  type AppState,
  type CaseView,
  type DeviceView,
  FURTHER_REGION_IDS,
  type Notice,
  type ViewSettings,
} from './model.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** `AppState` as its owner sees it: properties may be replaced, what they hold stays read-only. */
type StoreState = Writable<Omit<AppState, 'cases'>> & { cases: Writable<CaseView>[] };

/** What a notice offers to do. */
interface NoticeAction {
  readonly label: string;
  readonly run: () => Promise<void>;
}

/** The store and the few ways it is written, so that nothing merges where it should replace. */
export interface AppStore {
  readonly state: AppState;
  /** Replaces whole properties. */
  set(change: Partial<StoreState>): void;
  /** Replaces properties of one case; nothing happens where the case is gone. */
  patchCase(id: string, change: Partial<CaseView>): void;
  /** The id of the notice; of the one that is there where it says the same. */
  notify(severity: Notice['severity'], text: string, action?: NoticeAction): string;
  dismissNotice(id: string): void;
  /** Dismisses a notice and hands out what it offers. */
  takeAction(noticeId: string): NoticeAction | null;
}

const DEFAULT_VIEW: ViewSettings = {
  ...DEFAULT_LOOK,
  caseOrder: 'added',
  panels: true,
  theme: 'system',
  shortcuts: true,
  metricSet: 'raim',
  boundary: false,
  boundaryRadius: 8,
  errorMap: null,
  errorMapScale: 'fixed',
  errorMapColours: 'magma',
  errorMapRegion: null,
  hints: false,
  autoMask: true,
};

/** The widest band that is measured, in pixels on either side of the edge. */
export const WIDEST_BOUNDARY = 64;

const isNullOr =
  (test: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    value === null || test(value);
const isRadius = (value: unknown): boolean =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= WIDEST_BOUNDARY;

const VALID: Readonly<Record<keyof ViewSettings, (value: unknown) => boolean>> = {
  ...VALID_LOOK,
  caseOrder: isOneOf(...CASE_ORDERS),
  panels: isFlag,
  theme: isOneOf('system', 'light', 'dark'),
  shortcuts: isFlag,
  metricSet: isOneOf('raim', 'all'),
  boundary: isFlag,
  boundaryRadius: isRadius,
  errorMap: isNullOr(isOneOf(...MAP_IDS)),
  errorMapScale: isOneOf('fixed', 'data'),
  errorMapColours: isOneOf('viridis', 'magma'),
  errorMapRegion: isNullOr(isOneOf('person', 'background', ...FURTHER_REGION_IDS)),
  hints: isFlag,
  autoMask: isFlag,
};

/** Whether a setting may have a value that came from outside. */
export function isSetting(name: string, value: unknown): boolean {
  return Object.hasOwn(VALID, name) && VALID[name as keyof ViewSettings](value);
}

/** Stored view settings over the defaults; what is missing or makes no sense is left at its default. */
export function readView(stored: unknown): ViewSettings {
  if (typeof stored !== 'object' || stored === null) return DEFAULT_VIEW;
  const valid = Object.entries(stored).filter(([name, value]) => isSetting(name, value));
  return { ...DEFAULT_VIEW, ...Object.fromEntries(valid) };
}

const NOT_CHECKED: DeviceView = {
  numbersChecked: 'unchecked',
  sentence: 'The numbers of this device were not checked yet.',
  deviations: [],
  checkedAt: null,
};

/** An empty page: nothing read from storage yet, the engine starting. */
const emptyState = (): StoreState => ({
  engine: { status: 'starting' },
  restoredWorkspace: false,
  cases: [],
  currentCaseId: null,
  methods: classicalMethods(),
  selectedModelId: null,
  unclear: [],
  notices: [],
  job: null,
  waiting: 0,
  restored: null,
  samples: [],
  storage: null,
  device: NOT_CHECKED,
  learnedMetrics: NO_LEARNED_METRICS,
  remarks: {},
  view: DEFAULT_VIEW,
});

/** The store of an empty page. */
export function createAppStore(): AppStore {
  const [state, setState] = createStore<StoreState>(emptyState());
  let noticeCount = 0;
  const actions = new Map<string, NoticeAction>();
  const drop = (id: string): NoticeAction | null => {
    const action = actions.get(id) ?? null;
    actions.delete(id);
    setState({ notices: state.notices.filter((notice) => notice.id !== id) });
    return action;
  };
  return {
    state,
    set: (change) => setState(change),
    patchCase(id, change) {
      const index = state.cases.findIndex((entry) => entry.id === id);
      if (index >= 0) setState('cases', index, change);
    },
    notify(severity, text, action) {
      // The same sentence twice says nothing more; what it offers is the newest.
      const same = state.notices.find((notice) => notice.text === text);
      if (same !== undefined && action === undefined) return same.id;
      if (same !== undefined) drop(same.id);
      noticeCount += 1;
      const id = `notice-${noticeCount}`;
      const offer = action === undefined ? {} : { action: { label: action.label } };
      if (action !== undefined) actions.set(id, action);
      setState({ notices: [...state.notices, { id, severity, text, ...offer }] });
      return id;
    },
    dismissNotice: (id) => {
      drop(id);
    },
    takeAction: drop,
  };
}
