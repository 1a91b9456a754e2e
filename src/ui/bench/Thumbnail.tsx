import { createResource, type JSX, Show } from 'solid-js';

/** A small picture that is asked for only once its row is in sight. */
export function Thumbnail(props: {
  readonly id: string;
  readonly load: (id: string) => Promise<string | null>;
}): JSX.Element {
  const [url] = createResource(
    () => props.id,
    (id) => props.load(id),
  );
  return (
    <span class="thumb">
      {/* Without `latest` a row that changes its case would show the one before for a moment. */}
      <Show when={!url.loading && url()}>{(src) => <img src={src()} alt="" />}</Show>
    </span>
  );
}
