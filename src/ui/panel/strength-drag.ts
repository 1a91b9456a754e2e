import { createEffect, on, onCleanup } from 'solid-js';
import type { AppCommands, CaseView } from '../../app/model.ts';

/** A key that is pressed again and again, or held, is one change: the full size follows its end. */
const SETTLE_MS = 200;

interface Strengthened {
  readonly case: Pick<CaseView, 'id' | 'shownMethod' | 'strength' | 'wantedStrength'>;
  readonly setStrength: AppCommands['setStrength'];
}

/** The strength of a case's output while it is dragged; a drag always comes to its end. */
export function createStrengthDrag(props: Strengthened) {
  let dragged: { readonly caseId: string; readonly value: number } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const finish = () => {
    clearTimeout(timer);
    if (dragged === null) return;
    const { caseId, value } = dragged;
    dragged = null;
    void props.setStrength(value, true, caseId);
  };
  const drag = (value: number) => {
    clearTimeout(timer);
    dragged = { caseId: props.case.id, value };
    void props.setStrength(value, false, dragged.caseId);
  };
  // Another picture is shown: what was dragged of the one before is dropped with its preview.
  const forget = () => {
    clearTimeout(timer);
    dragged = null;
  };
  createEffect(on(() => `${props.case.id} ${props.case.shownMethod}`, forget, { defer: true }));
  // The slider goes (panels are hidden, the sheet closes), its picture stays.
  onCleanup(finish);
  return {
    value: () => props.case.wantedStrength ?? props.case.strength,
    drag,
    release: () => {
      clearTimeout(timer);
      timer = setTimeout(finish, SETTLE_MS);
    },
    reset: () => {
      dragged = { caseId: props.case.id, value: 100 };
      finish();
    },
  };
}
