import { onCleanup, onMount } from 'solid-js';
import { belongsToField } from '../keys.ts';
import { isComplete } from './draft.ts';
import { actionOf, answerByKey, type VotingAction } from './voting-keys.ts';
import type { VotingDesk } from './voting-state.ts';

/**
 * Whether a key is for the element that has the focus. Up and down go through the questions even from
 * within a scale, along which left and right go; of a pair all arrows choose.
 */
function isElsewhere(event: KeyboardEvent, pair: boolean): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  if (document.querySelector('dialog:modal')) return true;
  const { target, key } = event;
  if (!(target instanceof HTMLElement)) return false;
  const type = target.getAttribute('type');
  const answers = target.closest('.questions') !== null;
  if (type === 'radio' && answers) return !pair && (key === 'ArrowLeft' || key === 'ArrowRight');
  const { tagName, isContentEditable } = target;
  const role = target.getAttribute('role');
  return belongsToField(event, { tagName, type, role, editable: isContentEditable });
}

const actionsOf = (desk: VotingDesk): Readonly<Record<VotingAction, () => void>> => ({
  next: () => void desk.next(),
  skip: () => void desk.skip(),
  back: () => void desk.back(),
  'previous-question': () => desk.setAt(desk.at() - 1),
  'next-question': () => desk.setAt(desk.at() + 1),
  fit: desk.fit,
  'zoom-in': () => desk.zoomStep(1),
  'zoom-out': () => desk.zoomStep(-1),
  'next-picture': () => desk.step(1),
  'previous-picture': () => desk.step(-1),
  'next-look': desk.nextLook,
  swap: desk.swap,
  'actual-size': () => desk.actualSize(),
  smooth: () => desk.setSmooth(!desk.smooth()),
  'exposure-up': () => desk.stepExposure(1),
  'exposure-down': () => desk.stepExposure(-1),
  'gamma-up': () => desk.stepGamma(1),
  'gamma-down': () => desk.stepGamma(-1),
  'next-channel': desk.nextChannel,
  clipping: desk.toggleClipping,
  display: desk.toggleDisplay,
  'reset-display': desk.resetDisplay,
  inspector: desk.toggleInspector,
  scopes: desk.toggleScopes,
  help: () => desk.setHelp(true),
  peek: () => desk.setPeeking(true),
});

/** Answers with a key. Returns whether it was an answer. */
function answerWith(desk: VotingDesk, key: string): boolean {
  const question = desk.question();
  if (question === undefined) return false;
  const { pictures } = desk.voting();
  const letters = pictures.map(({ letter }) => letter);
  const next = answerByKey(question, desk.draft(), key, letters);
  if (next === null) return false;
  desk.setDraft(next);
  if (question.kind === 'rating' && isComplete(question, next, pictures.length)) {
    desk.setAt(desk.at() + 1);
  }
  return true;
}

/** Whoever used the mouse answers by keys again: arrows must not go on changing the tool. */
function leaveTools({ detail, target }: MouseEvent): void {
  const tool = detail > 0 && target instanceof Element && target.closest('.voting-tools');
  if (tool) tool.closest<HTMLElement>('.voting')?.focus({ preventScroll: true });
}

/** Listens to the window's keys while the owner lives. */
export function createVotingKeyboard(desk: VotingDesk, characterKeys: () => boolean): void {
  const actions = actionsOf(desk);
  const down = (event: KeyboardEvent) => {
    const question = desk.question();
    if (event.defaultPrevented || isElsewhere(event, question?.kind === 'pair')) return;
    if (desk.voting().item === null || desk.voting().locked) return;
    const types = event.key.length > 1 || characterKeys();
    if (!event.repeat && !event.shiftKey && types && answerWith(desk, event.key)) {
      event.preventDefault();
      return;
    }
    const action = actionOf(question, event.key, characterKeys(), event.shiftKey);
    if (action === null) return;
    event.preventDefault();
    if (!event.repeat || /^(zoom|exposure|gamma)/.test(action)) actions[action]();
  };
  const up = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() === 'b') desk.setPeeking(false);
  };
  const letGo = () => desk.setPeeking(false);
  onMount(() => {
    window.addEventListener('click', leaveTools);
    window.addEventListener('keydown', down);
    window.addEventListener('keyup', up);
    window.addEventListener('blur', letGo);
  });
  onCleanup(() => {
    window.removeEventListener('click', leaveTools);
    window.removeEventListener('keydown', down);
    window.removeEventListener('keyup', up);
    window.removeEventListener('blur', letGo);
  });
}
