import Images from 'lucide-solid/icons/images';
import { type JSX, Show } from 'solid-js';
import { canJoinSet } from '../../app/bench/canJoin.ts';
import type { BenchModel } from '../../app/bench/model.ts';
import type { AppModel } from '../../app/model.ts';

interface FromLookProps {
  readonly model: AppModel;
  readonly bench: BenchModel;
  readonly large?: boolean;
}

/** Takes the Look page's own cases into the set, so that tables, report and workspace speak of them. */
export function FromLook(props: FromLookProps): JSX.Element {
  const own = () => props.model.state.cases.filter(canJoinSet).length;
  return (
    <Show when={own() > 0}>
      <button
        type="button"
        class="button"
        classList={{ large: props.large ?? false }}
        data-testid="add-from-look"
        title="With tags, ratings, notes, pins and accepted shifts"
        onClick={() => void props.bench.commands.addFromLook()}
      >
        <Images /> Add {own() === 1 ? 'the case' : `${own()} cases`} from Look
      </button>
    </Show>
  );
}
