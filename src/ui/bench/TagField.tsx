import type { JSX } from 'solid-js';
import { parseTags } from './cases-table.ts';

/** The tags of a case, written one after another. */
export function TagField(props: {
  readonly title: string;
  readonly tags: readonly string[];
  readonly onChange: (tags: readonly string[]) => void;
}): JSX.Element {
  return (
    <input
      type="text"
      class="tag-field"
      aria-label={`Tags of ${props.title}`}
      placeholder="#"
      spellcheck={false}
      value={props.tags.map((tag) => `#${tag}`).join(' ')}
      onChange={(event) => props.onChange(parseTags(event.currentTarget.value))}
    />
  );
}
