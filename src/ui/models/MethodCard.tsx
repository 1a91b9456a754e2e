import { createEffect, createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import type { AppModel, MethodView } from '../../app/model.ts';
import { ConfirmDialog } from '../common/Dialog.tsx';
import { readyEngine } from '../engine.ts';
import { formatBytes, formatExact, formatSeconds } from '../format.ts';
import { CardFacts } from './CardFacts.tsx';
import { ContractForm } from './ContractForm.tsx';
import { CopyHash } from './CopyHash.tsx';
import { GraphFacts } from './GraphFacts.tsx';
import { MacsBar } from './MacsBar.tsx';
import { Parity } from './Parity.tsx';
import { scoreRows } from './scores.ts';
import './card.css';

interface MethodCardProps {
  readonly model: AppModel;
  readonly method: MethodView;
}

/** Everything that is known of one method; a built-in one's file is fetched once the card is seen. */
export function MethodCard(props: MethodCardProps & { readonly visible: boolean }): JSX.Element {
  const unread = createMemo(() =>
    props.visible && isUnread(props.method) ? props.method.id : null,
  );
  createEffect(() => {
    const id = unread();
    if (id !== null) void props.model.commands.learnFacts(id);
  });
  return (
    <article
      class="card"
      aria-labelledby="card-title"
      data-testid="model-card"
      data-method={props.method.id}
    >
      <Head {...props} />
      <Troubles method={props.method} />
      <Show when={props.method.macs720p !== null || props.method.facts}>
        <Cost method={props.method} />
      </Show>
      <Show when={props.method.providerSentence !== null || props.method.facts}>
        <Device {...props} />
      </Show>
      <Show when={props.method.contract}>
        {(contract) => (
          <section class="card-section" aria-label="Contract">
            <h3 class="section-title">How pictures go in and out</h3>
            <ContractForm
              method={props.method}
              contract={contract()}
              busy={props.model.state.job?.methodId === props.method.id}
              onChange={
                props.method.kind === 'user-model'
                  ? (change) => void props.model.commands.changeContract(props.method.id, change)
                  : null
              }
            />
          </section>
        )}
      </Show>
      <Show when={props.method.facts}>{(facts) => <GraphFacts facts={facts()} />}</Show>
      <Origin {...props} />
      <Show when={props.method.card}>{(card) => <CardFacts card={card()} />}</Show>
    </article>
  );
}

/** A built-in network whose file was not looked into yet. */
const isUnread = ({ kind, facts }: MethodView): boolean => kind === 'built-in' && facts === null;

/** A network whose file may leave out what its maker should say. */
const isUnsaid = ({ kind, facts }: MethodView): boolean => kind === 'user-model' && facts !== null;

function Head(props: MethodCardProps): JSX.Element {
  const facts = () =>
    [
      props.method.fileName,
      props.method.bytes === null ? null : formatBytes(props.method.bytes),
      props.method.licence ?? (isUnsaid(props.method) ? 'no licence stated' : null),
    ].filter((part) => part !== null);
  return (
    <header class="card-head">
      <h2 id="card-title" class="card-title">
        {props.method.title}
      </h2>
      <p class="card-facts">
        <For each={facts()}>{(fact) => <span>{fact}</span>}</For>
        <Show when={props.method.sha256}>{(hash) => <CopyHash sha256={hash()} />}</Show>
      </p>
      <Show when={props.method.twin}>
        {(twin) => (
          <p class="card-facts" data-testid="twin">
            <span>Where the graphics card computes in half precision, its twin runs instead:</span>
            <span>{twin().fileName}</span>
            <span>{formatBytes(twin().bytes)}</span>
            <CopyHash sha256={twin().sha256} />
          </p>
        )}
      </Show>
      <Show when={props.method.sentence}>{(sentence) => <p>{sentence()}</p>}</Show>
      <Actions {...props} />
    </header>
  );
}

function Actions(props: MethodCardProps): JSX.Element {
  const [asking, setAsking] = createSignal(false);
  const chosen = () => props.model.state.selectedModelId === props.method.id;
  const frees = () => (props.method.bytes ? ` (frees ${formatBytes(props.method.bytes)})` : '');
  return (
    <div class="card-actions">
      <Show when={props.method.status.status === 'ready'}>
        <Show
          when={!chosen()}
          fallback={<p class="card-chosen">Restores new pictures by itself</p>}
        >
          <button
            type="button"
            class="button"
            onClick={() => props.model.commands.selectModel(props.method.id)}
          >
            Use for new pictures
          </button>
        </Show>
      </Show>
      <Show when={props.method.removable}>
        <button type="button" class="button" onClick={() => setAsking(true)}>
          Remove{frees()}
        </button>
      </Show>
      <Show when={asking()}>
        <ConfirmDialog
          title={`Remove ${props.method.title}?`}
          text={`Its file is deleted from this browser${frees()}. What it made of your pictures stays, and so does your own file.`}
          yes="Remove"
          no="Keep"
          onNo={() => setAsking(false)}
          onYes={() => {
            setAsking(false);
            void props.model.commands.removeMethod(props.method.id);
          }}
        />
      </Show>
    </div>
  );
}

/** What is being done with the file, why it cannot be used, and what to know before it is. */
function Troubles(props: { readonly method: MethodView }): JSX.Element {
  const opening = () => {
    const { status } = props.method;
    return status.status === 'opening' ? status.detail : null;
  };
  const failure = () => {
    const { status } = props.method;
    return status.status === 'failed' ? status.message : null;
  };
  return (
    <>
      <p class="card-opening" role="status">
        {opening()}
      </p>
      <Show when={failure()}>{(message) => <p class="failed">{message()}</p>}</Show>
      <Show when={props.method.warnings.length > 0}>
        <ul class="card-warnings" aria-label="Warnings">
          <For each={props.method.warnings}>{(warning) => <li>{warning}</li>}</For>
        </ul>
      </Show>
    </>
  );
}

/** A picture of less than this many megapixels takes its time for other things than its pixels. */
const SMALL = 0.5;

function smallness(megapixels: number | null): string {
  if (megapixels === null || megapixels >= SMALL) return '';
  return `, by a picture of ${megapixels.toFixed(megapixels < 0.1 ? 3 : 2)} megapixels only`;
}

function Cost(props: { readonly method: MethodView }): JSX.Element {
  const rows = (): readonly (readonly [string, string])[] => {
    const { facts, secondsPerMegapixel, measuredOn } = props.method;
    return [
      ...(facts ? ([['Parameters', formatExact(facts.parameters)]] as const) : []),
      ...(facts
        ? ([
            [
              'Peak of activations, 1280×720',
              facts.peakActivationBytes720p === null
                ? 'unknown'
                : `about ${formatBytes(facts.peakActivationBytes720p)}`,
            ],
          ] as const)
        : []),
      [
        'Time a megapixel, here',
        secondsPerMegapixel === null
          ? 'not run yet'
          : `${formatSeconds(secondsPerMegapixel)}${smallness(measuredOn)}`,
      ],
    ];
  };
  return (
    <section class="card-section" aria-label="Cost">
      <h3 class="section-title">What it costs</h3>
      <MacsBar method={props.method} />
      <dl class="card-list">
        <For each={rows()}>
          {([name, value]) => (
            <div data-fact={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          )}
        </For>
      </dl>
    </section>
  );
}

function Device(props: MethodCardProps): JSX.Element {
  const info = () => readyEngine(props.model.state.engine)?.info ?? null;
  const job = () => {
    const { job: running } = props.model.state;
    return running?.methodId === props.method.id ? running : null;
  };
  return (
    <section class="card-section" aria-label="On this device">
      <h3 class="section-title">On this device</h3>
      <Show when={props.method.providerSentence}>{(sentence) => <p>{sentence()}</p>}</Show>
      <Show when={props.method.facts}>
        <Parity
          parity={props.method.parity}
          hasAdapter={info() && info()?.adapter !== null}
          byItself={props.method.kind === 'user-model'}
          busy={job() !== null}
          checking={job()?.kind === 'parity'}
          onCheck={() => void props.model.commands.checkParity(props.method.id)}
        />
      </Show>
    </section>
  );
}

/** How it was trained, and what it scored where that is known. */
function Origin(props: MethodCardProps): JSX.Element {
  const entry = () =>
    readyEngine(props.model.state.engine)?.models.find(({ id }) => id === props.method.id);
  const scores = () => scoreRows(entry()?.scores ?? {});
  const training = () =>
    props.method.training ?? (isUnsaid(props.method) ? 'The file does not say.' : null);
  return (
    <Show when={training() !== null || scores().length > 0}>
      <section class="card-section" aria-label="Training">
        <h3 class="section-title">How it was trained</h3>
        <p>{training()}</p>
        <dl class="card-list">
          <For each={scores()}>
            {([name, value]) => (
              <div>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            )}
          </For>
        </dl>
      </section>
    </Show>
  );
}
