import { CLASSICAL_METHODS } from '../core/methods/classical.ts';
import { methodMacs } from '../core/methods/methodCost.ts';
import { CLASSICAL_IDS } from '../protocol/models.ts';
import type { MethodView } from './modelsModel.ts';

/** How multiply-accumulates of methods without a network are counted. */
export const PIXEL_RULE =
  'Multiply-accumulates at every pixel of one 1280×720 frame; looking up a table counts nothing, nor do statistics that are made once a picture.';

/** The cards of the built-in classical methods. */
export function classicalMethods(): MethodView[] {
  return CLASSICAL_IDS.map((id) => {
    const { title, description } = CLASSICAL_METHODS[id];
    return {
      id,
      title,
      kind: 'classical',
      status: { status: 'ready' },
      sentence: description,
      fileName: null,
      sha256: null,
      bytes: null,
      twin: null,
      licence: null,
      training: null,
      facts: null,
      macs720p: methodMacs(id === 'clahe' ? 'clahe' : 'curves'),
      macsRule: PIXEL_RULE,
      contract: null,
      guesses: [],
      card: null,
      warnings: [],
      providerSentence: null,
      parity: null,
      measuredOn: null,
      secondsPerMegapixel: null,
      removable: false,
    };
  });
}
