export const TAB_IDS = [
  'methods',
  'cases',
  'compare',
  'slices',
  'ranking',
  'formula',
  'plots',
  'imports',
  'submission',
] as const;
export type TabId = (typeof TAB_IDS)[number];

export const TAB_TITLES: Readonly<Record<TabId, string>> = {
  methods: 'Methods',
  cases: 'Cases',
  compare: 'Compare',
  slices: 'Slices',
  ranking: 'Ranking',
  formula: 'Formula',
  plots: 'Plots',
  imports: 'Imports',
  submission: 'Submission',
};

/** The tab an address names; the one that was open last where it names none. */
export function tabOf(item: string | null, last: TabId): TabId {
  return TAB_IDS.find((id) => id === item) ?? last;
}
