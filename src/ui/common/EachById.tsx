import { type Accessor, createMemo, For, type JSX } from 'solid-js';

/**
 * A list whose lines stay the same elements, with the focus in them, while what they show is
 * replaced by newer objects of the same id.
 */
export function EachById<T extends { readonly id: string }>(props: {
  readonly each: readonly T[];
  readonly children: (item: Accessor<T>) => JSX.Element;
}): JSX.Element {
  const ids = createMemo(() => props.each.map(({ id }) => id));
  const find = (id: string) => props.each.find((item) => item.id === id);
  return (
    <For each={ids()}>
      {(id) => {
        const first = find(id);
        if (!first) return null;
        // A line that is about to go shows what it last showed.
        return props.children(createMemo((last: T) => find(id) ?? last, first));
      }}
    </For>
  );
}
