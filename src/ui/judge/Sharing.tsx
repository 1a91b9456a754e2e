import type { JSX } from 'solid-js';
import type { StudyView } from '../../app/judge/model.ts';

/** How the study comes to its raters and their votes back, without a server. */
export function Sharing(props: { readonly study: StudyView }): JSX.Element {
  const folder = () => `studies/${props.study.hash.slice(0, 8)}`;
  const link = () => `${location.href.split('#')[0]}#/judge?study=${folder()}`;
  return (
    <details class="judge-part sharing">
      <summary class="judge-part-title">Send it to the raters</summary>
      <ol class="sharing-ways">
        <li>
          As a file: send what “Study for the raters” saves. They open it here or on any other copy
          of Loupe, vote, and send back the small file that “Save your votes” gives them.
        </li>
        <li>
          By a link, where you may put files beside this copy of Loupe: unpack that file there, as a
          folder, or leave it packed. From a folder <code>{folder()}</code> this link opens it:{' '}
          <code class="sharing-link">{link()}</code>. Loupe fetches nothing from other hosts.
        </li>
        <li>
          Drop the votes here when they come. Keep the key: it says which method is which, and opens
          the analysis in another browser.
        </li>
      </ol>
    </details>
  );
}
