import CircleAlert from 'lucide-solid/icons/circle-alert';
import Info from 'lucide-solid/icons/info';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import X from 'lucide-solid/icons/x';
import { createSignal, For, type JSX, Match, onCleanup, onMount, Show, Switch } from 'solid-js';
import type { Notice } from '../../app/model.ts';
import { IconButton } from '../common/IconButton.tsx';
import './notices.css';

interface NoticesProps {
  readonly notices: readonly Notice[];
  readonly onDismiss: (id: string) => void;
  /** Does what the notice offers. */
  readonly onAction: (id: string) => void;
}

const INFO_LIFE_MS = 7000;
/** What can still be taken back is not hurried. */
const OFFER_LIFE_MS = 30_000;

/** More at once would cover what they speak of. */
const MOST = 3;

/** Sentences for the user. Errors and warnings stay until they are dismissed, information goes. */
export function Notices(props: NoticesProps): JSX.Element {
  const [all, setAll] = createSignal(false);
  const folded = () => (all() ? 0 : Math.max(0, props.notices.length - MOST));
  const shown = () => props.notices.slice(folded());
  const urgent = () => shown().filter((notice) => notice.severity === 'error');
  const calm = () => shown().filter((notice) => notice.severity !== 'error');
  const dismissAll = () => {
    setAll(false);
    for (const { id } of [...props.notices]) props.onDismiss(id);
  };
  return (
    <div class="notices">
      <Show when={props.notices.length > MOST}>
        <div class="notice-pile">
          <button type="button" class="link" onClick={() => setAll(!all())}>
            {all() ? 'Show the newest only' : `${folded()} older`}
          </button>
          <button type="button" class="link" onClick={dismissAll}>
            Dismiss all
          </button>
        </div>
      </Show>
      <div role="alert" class="notice-list">
        <For each={urgent()}>{(notice) => <NoticeCard {...props} notice={notice} />}</For>
      </div>
      <div role="status" class="notice-list">
        <For each={calm()}>{(notice) => <NoticeCard {...props} notice={notice} />}</For>
      </div>
    </div>
  );
}

function NoticeCard(
  props: Pick<NoticesProps, 'onDismiss' | 'onAction'> & { readonly notice: Notice },
): JSX.Element {
  let timer = 0;
  const hold = () => clearTimeout(timer);
  const countDown = () => {
    hold();
    if (props.notice.severity === 'info') {
      const life = props.notice.action ? OFFER_LIFE_MS : INFO_LIFE_MS;
      timer = window.setTimeout(() => props.onDismiss(props.notice.id), life);
    }
  };
  onMount(countDown);
  onCleanup(hold);
  return (
    <div
      class={`notice ${props.notice.severity}`}
      data-testid="notice"
      data-severity={props.notice.severity}
      onPointerEnter={hold}
      onPointerLeave={countDown}
      onFocusIn={hold}
      onFocusOut={countDown}
    >
      <Switch fallback={<Info />}>
        <Match when={props.notice.severity === 'error'}>
          <CircleAlert />
        </Match>
        <Match when={props.notice.severity === 'warning'}>
          <TriangleAlert />
        </Match>
      </Switch>
      <p>{props.notice.text}</p>
      <Show when={props.notice.action}>
        {(action) => (
          <button
            type="button"
            class="button small notice-action"
            onClick={() => props.onAction(props.notice.id)}
          >
            {action().label}
          </button>
        )}
      </Show>
      <IconButton label="Dismiss" onClick={() => props.onDismiss(props.notice.id)}>
        <X />
      </IconButton>
    </div>
  );
}
