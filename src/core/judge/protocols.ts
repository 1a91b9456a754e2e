/*
 * How people judge, each a declarative definition like the challenges': what is shown side by side,
 * what is asked, and how the answers become a ranking.
 */

export interface TopQuestion {
  readonly kind: 'top';
  readonly id: string;
  readonly title: string;
  /** How many are named, best first. */
  readonly count: number;
}

export interface RatingQuestion {
  readonly kind: 'rating';
  readonly id: string;
  readonly title: string;
  /** What to look at, as one sentence. */
  readonly sentence: string;
  /** Words for 1, 2, 3 …; the last is best. */
  readonly labels: readonly string[];
}

export interface PairQuestion {
  readonly kind: 'pair';
  readonly id: string;
  readonly title: string;
  /** 2: one must be chosen; 3: "no difference" too; 5: "much better" and "better" on both sides too. */
  readonly steps: 2 | 3 | 5;
  /** What decided, asked with every choice; empty where it is not asked. */
  readonly reasons: readonly string[];
}

export type Question = TopQuestion | RatingQuestion | PairQuestion;

export interface Protocol {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly source: string;
  /** What is on screen at a time: all methods of a case, two of them, or one. */
  readonly shows: 'all' | 'pair' | 'one';
  /** Whether the untouched input and the ground truth stand beside them. */
  readonly withInput: boolean;
  readonly withReference: boolean;
  readonly questions: readonly Question[];
  /** What raters read before they start. */
  readonly instructions: string;
}

const FIVE = ['bad', 'poor', 'fair', 'good', 'excellent'] as const;

const rating = (id: string, title: string, sentence: string): RatingQuestion => ({
  kind: 'rating',
  id,
  title,
  sentence,
  labels: FIVE,
});

const topThree: Protocol = {
  id: 'top-three',
  version: 1,
  title: 'Top three of all',
  source: 'Final phases of NTIRE 2024 RAIM and NTIRE 2026 RAIM, track 3',
  shows: 'all',
  withInput: true,
  withReference: false,
  questions: [{ kind: 'top', id: 'top', title: 'Which three are best?', count: 3 }],
  instructions:
    'All results of one picture are shown in a random order. Name the best three, the best one first: ' +
    'look at the face first, then at the light, the background and the picture as a whole.',
};

const sixDimensions: Protocol = {
  id: 'six-dimensions',
  version: 1,
  title: 'Six dimensions',
  source: 'Expert study of NTIRE 2026 RAIM, track 3',
  shows: 'one',
  withInput: true,
  withReference: false,
  questions: [
    rating(
      'facial-naturalness',
      'Facial naturalness',
      'Does the face look like a living person’s?',
    ),
    rating(
      'portrait-detail',
      'Portrait detail',
      'Are hair, eyes and skin as detailed as they should be?',
    ),
    rating('illumination-realism', 'Illumination realism', 'Could real lamps have lit it so?'),
    rating(
      'background-cleanliness',
      'Background cleanliness',
      'Is the background free of noise and faults?',
    ),
    rating('scene-balance', 'Scene balance', 'Do person and background belong to one picture?'),
    rating('overall-consistency', 'Overall consistency', 'Is the picture as a whole convincing?'),
  ],
  instructions:
    'One result is shown at a time, beside the picture it was made from. Rate each dimension.',
};

const videoConferencing: Protocol = {
  id: 'pair-five-point',
  version: 1,
  title: 'Pairs, five steps, with the reason',
  source: 'NTIRE 2025 challenge on video quality enhancement for video conferencing',
  shows: 'pair',
  withInput: false,
  withReference: false,
  questions: [
    {
      kind: 'pair',
      id: 'preference',
      title: 'Which one would you rather be seen in?',
      steps: 5,
      reasons: ['Image colours', 'Image brightness', 'Skin tone'],
    },
  ],
  instructions:
    'Two results of one picture are shown. Say which is better and by how much, and what decided.',
};

const fourCriteria: Protocol = {
  id: 'four-criteria',
  version: 1,
  title: 'Four criteria',
  source: 'User study of NTIRE 2024 RAIM',
  shows: 'one',
  withInput: true,
  withReference: false,
  questions: [
    rating('textures', 'Textures and details', 'Are there details, and are they real?'),
    rating('noise', 'Noise', 'Is noise gone? 5: no noise is left.'),
    rating('artifacts', 'Artifacts', 'Is it free of things that were not there? 5: none.'),
    rating('fidelity', 'Fidelity', 'Is it still the same picture?'),
  ],
  instructions:
    'One result is shown at a time, beside the picture it was made from. Rate each criterion.',
};

const forcedChoice: Protocol = {
  id: 'pair-forced',
  version: 1,
  title: 'Pairs, forced choice',
  source: 'ITU-R BT.500-15, paired comparison',
  shows: 'pair',
  withInput: false,
  withReference: false,
  questions: [
    { kind: 'pair', id: 'preference', title: 'Which one is better?', steps: 2, reasons: [] },
  ],
  instructions:
    'Two results of one picture are shown. Choose the better one; guess where you see no difference.',
};

/** The protocols that come with Loupe; a study may carry one of its own. */
export const PROTOCOLS: readonly Protocol[] = [
  topThree,
  sixDimensions,
  videoConferencing,
  fourCriteria,
  forcedChoice,
];
