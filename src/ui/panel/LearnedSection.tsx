import { createSignal, For, type JSX, Show } from 'solid-js';
import type { LearnedMetricView } from '../../app/model.ts';
import { ConfirmDialog } from '../common/Dialog.tsx';
import { formatBytes, shortHash } from '../format.ts';
import { contractFacts } from './learned-facts.ts';

interface LearnedSectionProps {
  readonly metrics: readonly LearnedMetricView[];
  readonly onRemove: (id: LearnedMetricView['id']) => void;
}

const WHAT_TO_DROP =
  'For LPIPS drop alexnet-owt-7be5be79.pth from torchvision and alex.pth from LPIPS v0.1; for any other ' +
  'metric an ONNX file that says what it measures (full-reference, no-reference or identity), as ' +
  'tools/export_metrics.py writes it. Files can be dropped anywhere, and stay in this browser.';

/** Networks of learned metrics that are kept here, or wait for a file, and what can be dropped. */
export function LearnedSection(props: LearnedSectionProps): JSX.Element {
  const here = () =>
    props.metrics.filter(({ network }) => network.status !== 'missing' || network.have !== null);
  return (
    <section class="section learned" aria-label="Learned metrics" data-testid="learned-metrics">
      <h2 class="section-title">Learned metrics</h2>
      <For each={here()}>
        {(metric) => <Learned metric={metric} onRemove={() => props.onRemove(metric.id)} />}
      </For>
      <p class="section-note">{WHAT_TO_DROP}</p>
    </section>
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
          title={`Remove the network of ${props.metric.definition.title}?`}
          text="It is deleted from this browser. Your own files stay where they are; drop them again to measure again."
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
          <dl class="learned-facts">
            <For each={contractFacts(props.metric.contract)}>
              {([term, text]) => (
                <div>
                  <dt>{term}</dt>
                  <dd>{text}</dd>
                </div>
              )}
            </For>
          </dl>
          <Show when={network().warning}>
            {(warning) => <p class="section-note">{warning()}</p>}
          </Show>
        </>
      )}
    </Show>
  );
}
