import { For, type JSX } from 'solid-js';
import type { KeyBinding } from '../keys.ts';
import './help.css';

interface KeyGroupsProps {
  readonly groups: readonly {
    readonly title: string;
    readonly rows: readonly Pick<KeyBinding, 'caps' | 'label'>[];
  }[];
  /** Single-letter keys are switched off. */
  readonly off?: boolean;
}

/** Keys and what they do, by group. */
export function KeyGroups(props: KeyGroupsProps): JSX.Element {
  return (
    <div class="key-groups" classList={{ off: props.off === true }}>
      <For each={props.groups}>
        {({ title, rows }) => (
          <section class="key-group">
            <h3>{title}</h3>
            <dl>
              <For each={rows}>
                {(row) => (
                  <div class="key-row">
                    <dt>{row.label}</dt>
                    <dd>
                      <For each={row.caps}>{(cap) => <kbd>{cap}</kbd>}</For>
                    </dd>
                  </div>
                )}
              </For>
            </dl>
          </section>
        )}
      </For>
    </div>
  );
}
