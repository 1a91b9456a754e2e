import { createMemo, type JSX } from 'solid-js';
import { isShared, LOOK_TITLES } from './looks.ts';
import { sharedPictures } from './SharedPane.tsx';
import type { Viewer } from './viewer-state.ts';

/** Says to a screen reader how pictures are looked at, whenever that changes. */
export function Announcement(props: { readonly viewer: Viewer }): JSX.Element {
  const pictures = () => {
    const look = props.viewer.look();
    if (look === 'single') return [props.viewer.single()];
    const several = isShared(look) && props.viewer.everyPane().length > 1;
    return several ? sharedPictures(props.viewer) : props.viewer.panes();
  };
  const sentence = createMemo(() => {
    const look = props.viewer.look();
    const names = pictures().map(props.viewer.title);
    const what = look === 'difference' ? `${names[1]} minus ${names[0]}` : names.join(', ');
    return `${LOOK_TITLES[look]}: ${what}`;
  });
  return (
    <p class="visually-hidden" aria-live="polite" data-testid="look-said">
      {sentence()}
    </p>
  );
}
