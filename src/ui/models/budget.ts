/**
 * Multiply-accumulates for a 1280×720 frame that the video-conferencing challenge of the NTIRE
 * workshop (2025) allows a model.
 */
export const MACS_BUDGET = 20e9;

/** Beyond the budget the bar keeps this much room, so that the line is seen to be a line. */
const ROOM = 1.25;

/** The parts of a bar's length (0..1) that a model's work and the budget take. */
export function budgetBar(macs: number): { readonly macs: number; readonly budget: number } {
  const length = Math.max(MACS_BUDGET * ROOM, macs);
  return { macs: macs / length, budget: MACS_BUDGET / length };
}

/** Where a model stands against the budget, in words: "36 % of the budget". */
export function budgetWords(macs: number): string {
  const share = macs / MACS_BUDGET;
  if (share > 1 && share < 1.05) return 'just over the budget';
  if (share > 1)
    return `over the budget, ${share < 10 ? share.toFixed(1) : Math.round(share)} times it`;
  if (share < 0.01) return 'less than 1 % of the budget';
  return `${Math.round(share * 100)} % of the budget`;
}
