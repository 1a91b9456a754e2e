/** A step of one to the right or down. */
interface Step {
  readonly x: -1 | 0 | 1;
  readonly y: -1 | 0 | 1;
}

const STEPS: Readonly<Record<string, Step>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** Whether a key is held with which the browser, not the page, does something. */
export const isCommand = ({ ctrlKey, metaKey, altKey }: Press): boolean =>
  ctrlKey || metaKey || altKey;

/** Where an arrow key points; null for other keys, and for arrows that are the browser's. */
export function arrowStep(press: Press): Step | null {
  return isCommand(press) ? null : (STEPS[press.key] ?? null);
}
