import { For, type JSX, Show } from 'solid-js';
import type { ModelFacts, TensorFacts } from '../../app/model.ts';

/** What the file's graph says of itself. */
export function GraphFacts(props: { readonly facts: ModelFacts }): JSX.Element {
  return (
    <section class="card-section" aria-label="Graph">
      <h3 class="section-title">The graph</h3>
      <dl class="card-list">
        <div data-fact="Opset">
          <dt>Opset</dt>
          <dd>{props.facts.opset}</dd>
        </div>
        <div data-fact="Weights">
          <dt>Weights</dt>
          <dd>{props.facts.precision}</dd>
        </div>
        <Show when={props.facts.producer}>
          {(producer) => (
            <div>
              <dt>Made with</dt>
              <dd>{producer()}</dd>
            </div>
          )}
        </Show>
        <Tensors title="In" tensors={props.facts.inputs} />
        <Tensors title="Out" tensors={props.facts.outputs} />
      </dl>
      <Operators facts={props.facts} />
    </section>
  );
}

function Tensors(props: {
  readonly title: string;
  readonly tensors: readonly TensorFacts[];
}): JSX.Element {
  return (
    <For each={props.tensors}>
      {(tensor) => (
        <div data-fact={props.title}>
          <dt>
            {props.title} <code>{tensor.name}</code>
          </dt>
          <dd>
            {tensor.element} [{tensor.dims.join(', ')}]
          </dd>
        </div>
      )}
    </For>
  );
}

function Operators(props: { readonly facts: ModelFacts }): JSX.Element {
  const nodes = () => props.facts.operators.reduce((sum, { count }) => sum + count, 0);
  const missing = () => props.facts.missingOnWebGpu.length;
  return (
    <details class="more operators">
      <summary>
        {nodes()} nodes of {props.facts.operators.length} kinds
        {missing() > 0 ? `, ${missing()} not on WebGPU` : ''}
      </summary>
      <ul class="operator-list">
        <For each={props.facts.operators}>
          {({ name, count }) => (
            <li>
              <code>{name}</code> <span class="operator-count">{count}</span>
              <Show when={props.facts.missingOnWebGpu.includes(name)}>
                <span class="operator-note">not on WebGPU</span>
              </Show>
              <Show when={props.facts.globalOperators.includes(name)}>
                <span class="operator-note">sees the whole picture</span>
              </Show>
            </li>
          )}
        </For>
      </ul>
    </details>
  );
}
