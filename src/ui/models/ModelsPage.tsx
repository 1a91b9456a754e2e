import ArrowLeft from 'lucide-solid/icons/arrow-left';
import FilePlus from 'lucide-solid/icons/file-plus';
import { createEffect, createMemo, type JSX, on, Show } from 'solid-js';
import type { AppModel, MethodView } from '../../app/model.ts';
import { EachById } from '../common/EachById.tsx';
import { addressOf, type Doors } from '../doors.ts';
import { formatBytes, formatCount } from '../format.ts';
import { groupsOf, openMethod } from './groups.ts';
import { MethodCard } from './MethodCard.tsx';
import './models.css';

interface ModelsPageProps {
  readonly model: AppModel;
  readonly doors: Doors;
  /** List and card take turns on a phone. */
  readonly narrow: boolean;
  /** Opens the file picker. */
  readonly onOpen: () => void;
}

/** Every method there is, and the card of one of them. */
export function ModelsPage(props: ModelsPageProps): JSX.Element {
  const methods = () => props.model.state.methods;
  const asked = () => props.doors.place().item;
  const current = createMemo(() =>
    openMethod(methods(), asked(), props.model.state.selectedModelId),
  );
  const opened = () => current()?.id === asked();
  // A file that is dropped here is looked at next.
  const ids = createMemo(() => methods().map(({ id }) => id));
  createEffect(
    on(
      ids,
      (now, before) => {
        const fresh = now.find((id) => !before?.includes(id));
        const method = methods().find(({ id }) => id === fresh);
        if (method && method.kind !== 'built-in') props.doors.go('models', method.id);
      },
      { defer: true },
    ),
  );
  return (
    <div class="models" classList={{ 'card-open': opened() }}>
      <div class="models-side">
        <MethodList methods={methods()} currentId={current()?.id ?? null} />
        <AddFile onOpen={props.onOpen} />
      </div>
      <div class="models-card">
        <a class="link quiet models-back" href={addressOf('models')}>
          <ArrowLeft /> All methods
        </a>
        <Show when={current()}>
          {(method) => (
            <MethodCard model={props.model} method={method()} visible={!props.narrow || opened()} />
          )}
        </Show>
      </div>
    </div>
  );
}

function MethodList(props: {
  readonly methods: readonly MethodView[];
  readonly currentId: string | null;
}): JSX.Element {
  return (
    <nav class="method-nav" aria-label="Methods">
      <EachById each={groupsOf(props.methods)}>
        {(group) => (
          <section class="method-group" aria-label={group().title}>
            <h2 class="section-title">{group().title}</h2>
            <ul>
              <EachById each={group().methods}>
                {(method) => (
                  <MethodLink method={method()} current={method().id === props.currentId} />
                )}
              </EachById>
            </ul>
          </section>
        )}
      </EachById>
    </nav>
  );
}

function MethodLink(props: {
  readonly method: MethodView;
  readonly current: boolean;
}): JSX.Element {
  return (
    <li>
      <a
        class="method-link"
        href={addressOf('models', props.method.id)}
        aria-current={props.current ? 'true' : undefined}
        data-method={props.method.id}
        data-status={props.method.status.status}
      >
        <span class="method-title">{props.method.title}</span>
        <span class="method-note" classList={{ failed: props.method.status.status === 'failed' }}>
          {noteOf(props.method)}
        </span>
      </a>
    </li>
  );
}

/** The few words beneath a method's name. */
function noteOf(method: MethodView): string {
  if (method.status.status === 'opening') return method.status.detail;
  if (method.status.status === 'failed') return 'cannot be used';
  const parts = [
    method.facts ? `${formatCount(method.facts.parameters)} parameters` : null,
    method.macs720p === null ? null : `${formatCount(method.macs720p)} MACs`,
    method.bytes !== null && !method.facts ? formatBytes(method.bytes) : null,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

function AddFile(props: { readonly onOpen: () => void }): JSX.Element {
  return (
    <section class="add-file crop-marks" aria-label="Add a method">
      <p class="add-title">Drop an .onnx or .cube file</p>
      <p class="section-note">
        An image-to-image network with the files its weights lie in, or a 3-D LUT. It is read here
        and stays in this browser.
      </p>
      <button type="button" class="button" onClick={() => props.onOpen()}>
        <FilePlus /> Choose files
      </button>
    </section>
  );
}
