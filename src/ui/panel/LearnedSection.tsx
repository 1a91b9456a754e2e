import { createSignal, For, type JSX, Show } from 'solid-js';
import type { LearnedMetricView } from '../../app/model.ts';
import { ConfirmDialog } from '../common/Dialog.tsx';
import { formatBytes, shortHash } from '../format.ts';

interface LearnedSectionProps {
  readonly metrics: readonly LearnedMetricView[];
  readonly onRemove: (id: LearnedMetricView['id']) => void;
}

/** Networks of learned metrics that are kept here, or wait for a file; nothing where there are none. */
export function LearnedSection(props: LearnedSectionProps): JSX.Element {
  const here = () =>
    props.metrics.filter(({ network }) => network.status !== 'missing' || network.have !== null);
  return (
    <Show when={here().length > 0}>
      <section class="section learned" aria-label="Learned metrics" data-testid="learned-metrics">
        <h2 class="section-title">Learned metrics</h2>
        <For each={here()}>
          {(metric) => <Learned metric={metric} onRemove={() => props.onRemove(metric.id)} />}
        </For>
      </section>
    </Show>
  );
}

function Learned(props: {
  readonly metric: LearnedMetricView;
  readonly onRemove: () => void;
}): JSX.Element {
  const [asking, setAsking] = createSignal(false);
  return (
    <div class="learned-metric">
      <div class="learned-head">
        <p class="model-title">{props.metric.definition.title}</p>
        <button type="button" class="link quiet" onClick={() => setAsking(true)}>
          Remove
        </button>
      </div>
      <Network metric={props.metric} />
      <Show when={asking()}>
        <ConfirmDialog
          title={`Remove the weights of ${props.metric.definition.title}?`}
          text="They are deleted from this browser. Your own files stay where they are; drop them again to measure again."
          yes="Remove"
          no="Keep"
          onNo={() => setAsking(false)}
          onYes={() => {
            setAsking(false);
            props.onRemove();
          }}
        />
      </Show>
    </div>
  );
}

function Network(props: { readonly metric: LearnedMetricView }): JSX.Element {
  const ready = () => {
    const { network } = props.metric;
    return network.status === 'ready' ? network : null;
  };
  const waiting = () => {
    const { network } = props.metric;
    return network.status === 'missing' ? network.have : null;
  };
  return (
    <Show
      when={ready()}
      fallback={
        <p class="section-note">
          {waiting()
            ? `${waiting()} is here and waits for the other file.`
            : 'The network is being built from its weights…'}
        </p>
      }
    >
      {(network) => (
        <>
          <ul class="learned-sources">
            <For each={network().sources}>
              {(source) => (
                <li title={`SHA-256 ${source.sha256}`}>
                  <span class="file-name">{source.name}</span>
                  <code>{shortHash(source.sha256)}</code>
                </li>
              )}
            </For>
          </ul>
          <p class="model-facts">
            {formatBytes(network().bytes)}, kept in this browser as{' '}
            <code title={`SHA-256 ${network().sha256}`}>{shortHash(network().sha256)}</code>
          </p>
          <Show when={network().warning}>
            {(warning) => <p class="section-note">{warning()}</p>}
          </Show>
        </>
      )}
    </Show>
  );
}
