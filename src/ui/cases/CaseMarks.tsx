import MapPin from 'lucide-solid/icons/map-pin';
import Star from 'lucide-solid/icons/star';
import StickyNote from 'lucide-solid/icons/sticky-note';
import TagIcon from 'lucide-solid/icons/tag';
import { type Component, For, type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { Remarks } from '../../core/inspect/tags.ts';

interface Mark {
  readonly icon: Component;
  readonly count: number;
  /** For one and for several: "tag", "tags". */
  readonly words: readonly [string, string];
}

const worded = ({ count, words }: Mark): string => `${count} ${words[count === 1 ? 0 : 1]}`;

/** What was said of a case, as small marks: whether it has tags, pins, notes, ratings. */
export function CaseMarks(props: { readonly remarks: Remarks }): JSX.Element {
  const marks = (): readonly Mark[] =>
    (
      [
        { icon: TagIcon, count: props.remarks.tags.length, words: ['tag', 'tags'] },
        { icon: MapPin, count: props.remarks.pins.length, words: ['pin', 'pins'] },
        { icon: StickyNote, count: props.remarks.notes.length, words: ['note', 'notes'] },
        { icon: Star, count: props.remarks.ratings.length, words: ['rating', 'ratings'] },
      ] as const
    ).filter(({ count }) => count > 0);
  return (
    <Show when={marks().length > 0}>
      <span class="case-marks" title={marks().map(worded).join(', ')}>
        <For each={marks()}>
          {(mark) => (
            <>
              <Dynamic component={mark.icon} />
              <span class="visually-hidden">{worded(mark)}</span>
            </>
          )}
        </For>
      </span>
    </Show>
  );
}
