import { CLASSICAL_IDS, type ClassicalId } from '../protocol/models.ts';
import type { ClassicalTitle, MethodView } from './modelsModel.ts';

const TITLES: Readonly<Record<ClassicalId, Omit<ClassicalTitle, 'id'>>> = {
  'auto-gamma': {
    title: 'Auto gamma',
    sentence: 'One power curve for all pixels that brings the mean brightness to the middle.',
  },
  'percentile-stretch': {
    title: 'Percentile stretch',
    sentence:
      'Values are stretched so that the darkest and the brightest few pixels are black and white.',
  },
  clahe: {
    title: 'CLAHE',
    sentence:
      'Contrast-limited adaptive histogram equalisation: each region’s histogram is flattened, up to a limit.',
  },
  'global-tone': {
    title: 'Global tone',
    sentence: 'One tone curve for all pixels: shadows are lifted, highlights are kept.',
  },
};

/** The built-in classical methods, with the words of the page. */
const CLASSICAL: readonly ClassicalTitle[] = CLASSICAL_IDS.map((id) => ({
  id,
  ...TITLES[id],
}));

/** Their cards. */
export function classicalMethods(): MethodView[] {
  return CLASSICAL.map(({ id, title, sentence }) => ({
    id,
    title,
    kind: 'classical',
    status: { status: 'ready' },
    sentence,
    fileName: null,
    sha256: null,
    bytes: null,
    licence: null,
    training: null,
    facts: null,
    macs720p: null,
    macsRule: 'Multiply-accumulates are counted for networks and LUT files only.',
    contract: null,
    guesses: [],
    warnings: [],
    providerSentence: null,
    parity: null,
    secondsPerMegapixel: null,
    removable: false,
  }));
}
