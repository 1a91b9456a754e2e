import { unwrap } from 'solid-js/store';
import type { StoredCase, StoredMethodOutput } from '../storage/records.ts';
import type { AppContext } from './context.ts';
import { sawOtherMask } from './maskSeen.ts';
import type { CaseView, MethodOutputView } from './model.ts';
import { canMix, shownOutput } from './outputs.ts';
import { pictureView, samePicture } from './pictureView.ts';

function viewOf(
  context: AppContext,
  record: StoredCase,
  own: StoredMethodOutput,
): MethodOutputView | null {
  const { method, title, picture, origin, mix, shift } = own;
  const shown = pictureView(context, record.id, picture);
  if (shown === null) return null;
  const resources = context.shown.get(record.id);
  const fromCache = resources?.computed.get(method) !== (mix?.plain ?? picture).sha256;
  const numbers = resources?.methodNumbers.get(method);
  return {
    methodId: method,
    title,
    output: {
      picture: shown,
      origin: origin.kind === 'dropped' ? origin : { ...origin, fromCache },
    },
    strength: mix?.strength ?? 100,
    ...(shift === undefined ? {} : { shift }),
    ...(sawOtherMask(context, record, own) ? { stale: true } : {}),
    values: numbers?.output === picture.sha256 ? numbers.values : null,
  };
}

function same(a: MethodOutputView | undefined, b: MethodOutputView): boolean {
  return (
    a?.methodId === b.methodId &&
    a.title === b.title &&
    a.values === b.values &&
    a.strength === b.strength &&
    a.stale === b.stale &&
    JSON.stringify(a.shift) === JSON.stringify(b.shift) &&
    samePicture(a.output.picture, b.output.picture) &&
    JSON.stringify(a.output.origin) === JSON.stringify(b.output.origin)
  );
}

/** What has to change in the view of a case's outputs; what is as it was keeps its identity. */
export function methodsChange(
  context: AppContext,
  record: StoredCase,
  view: CaseView,
): Partial<CaseView> {
  const before = unwrap(view.methods);
  const methods = record.outputs.flatMap((output) => {
    const next = viewOf(context, record, output);
    const known = before.find(({ methodId }) => methodId === output.method);
    if (next === null) return [];
    return [known !== undefined && same(known, next) ? known : next];
  });
  const unchanged =
    methods.length === before.length && methods.every((entry, i) => entry === before[i]);
  const { shownMethod } = record;
  const shown = shownOutput(record);
  const strength = shown?.mix?.strength ?? 100;
  const strengthApplies = shown !== null && canMix(record, shown);
  const shift = shown?.shift ?? null;
  const shifted = JSON.stringify(shift) === JSON.stringify(view.shift);
  const mixed = strength === view.strength && strengthApplies === view.strengthApplies;
  if (unchanged && mixed && shifted && view.shownMethod === shownMethod) return {};
  const output = methods.find(({ methodId }) => methodId === shownMethod)?.output ?? null;
  const change: Partial<CaseView> = { methods, shownMethod, strength, strengthApplies, shift };
  return output === unwrap(view).output ? change : { ...change, output };
}
