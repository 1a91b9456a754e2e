import type { MethodId, MethodView } from '../../app/model.ts';

export interface MethodGroup {
  readonly id: MethodView['kind'];
  readonly title: string;
  readonly methods: readonly MethodView[];
}

const TITLES: readonly (readonly [MethodView['kind'], string])[] = [
  ['built-in', 'Built in'],
  ['user-model', 'Yours'],
  ['lut', 'LUT files'],
  ['classical', 'Classical baselines'],
];

/** The methods by kind, in the order of the page; kinds without a method are left out. */
export function groupsOf(methods: readonly MethodView[]): readonly MethodGroup[] {
  return TITLES.map(([id, title]) => ({
    id,
    title,
    methods: methods.filter(({ kind }) => kind === id),
  })).filter((group) => group.methods.length > 0);
}

/** The method whose card is open: the one of the address, else the chosen one, else the first. */
export function openMethod(
  methods: readonly MethodView[],
  asked: string | null,
  chosen: MethodId | null,
): MethodView | null {
  const find = (id: string | null) => methods.find((method) => method.id === id);
  return find(asked) ?? find(chosen) ?? methods[0] ?? null;
}
