import type { Conditions } from '../../core/judge/votes.ts';

/** What raters are asked once about how they look at the pictures. */
interface ConditionQuestion {
  readonly id: keyof Conditions;
  readonly title: string;
  readonly options: readonly string[];
}

export const CONDITION_QUESTIONS: readonly ConditionQuestion[] = [
  {
    id: 'screen',
    title: 'Screen',
    options: ['Desktop monitor', 'Laptop', 'Tablet', 'Phone', 'Television or projector'],
  },
  {
    id: 'brightness',
    title: 'Brightness of the screen',
    options: ['Low', 'Middle', 'High', 'Sets itself'],
  },
  {
    id: 'room',
    title: 'Room',
    options: ['Dark or dimmed', 'Indoor light', 'Daylight', 'Outdoors'],
  },
  {
    id: 'distance',
    title: 'Distance to the screen',
    options: ['Less than 40 cm', '40 to 80 cm', 'More than 80 cm'],
  },
  {
    id: 'colourVision',
    title: 'Colour vision',
    options: ['Normal, as far as I know', 'Colour deficient', 'I would rather not say'],
  },
];

/** Stands where nothing was chosen: conditions are asked for, not insisted on. */
export const UNSTATED = 'not stated';

export const UNASKED: Conditions = {
  screen: UNSTATED,
  brightness: UNSTATED,
  room: UNSTATED,
  distance: UNSTATED,
  colourVision: UNSTATED,
};
