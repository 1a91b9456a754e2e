import type { ModelEntry, Provider } from '../protocol/engine.ts';
import type { ModelFacts, ModelFiles, UserModel } from '../protocol/models.ts';
import { Failure } from './failure.ts';

interface Known {
  readonly entry: ModelEntry;
  /** Null for the models of the list, which are fetched. */
  readonly files: ModelFiles | null;
  readonly provider: Provider | null;
}

function entryOf(model: UserModel, files: ModelFiles): ModelEntry {
  const { id, title, sha256, bytes, contract, facts, licence, training } = model;
  return {
    id,
    title,
    source: { kind: 'user', fileName: files.name },
    bytes,
    sha256,
    default: false,
    task: 'restoration',
    licence: licence ?? '',
    parameters: facts.parameters,
    macs720p: facts.macs720p,
    contract,
    facts,
    training: training ?? '',
    scores: {},
    card: null,
    fp16: null,
  };
}

/** The networks that can be run: those of the list, and those the user brought. */
export class ModelRegistry {
  readonly #known = new Map<string, Known>();

  /** @param models of the list */
  constructor(models: readonly ModelEntry[]) {
    for (const entry of models) {
      this.#known.set(entry.id, { entry, files: null, provider: null });
    }
  }

  /** @throws {Failure} `model-load` */
  get(id: string): Known {
    const known = this.#known.get(id);
    if (!known) throw new Failure('model-load', `There is no model “${id}” in the model list.`);
    return known;
  }

  /** Takes a user's model in, in place of one that has its id. @throws {Failure} for a built-in's id */
  open(model: UserModel, files: ModelFiles): ModelEntry {
    if (this.#known.get(model.id)?.files === null) {
      throw new Failure(
        'model-load',
        `${files.name} cannot be called ${model.id}: a model of the list is.`,
      );
    }
    const entry = entryOf(model, files);
    this.#known.set(model.id, { entry, files, provider: model.provider });
    return entry;
  }

  /** Forgets a user's model. */
  close(id: string): void {
    if (this.#known.get(id)?.files) this.#known.delete(id);
  }

  /** What was found in a model's file. */
  learn(id: string, facts: ModelFacts): void {
    const known = this.get(id);
    this.#known.set(id, { ...known, entry: { ...known.entry, facts } });
  }

  setProvider(id: string, provider: Provider | null): void {
    this.#known.set(id, { ...this.get(id), provider });
  }
}
