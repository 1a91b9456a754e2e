import { createSignal, type JSX, onCleanup } from 'solid-js';
import { shortHash } from '../format.ts';

const SAID_MS = 2000;

/** The first characters of a SHA-256; a click copies all of it. */
export function CopyHash(props: { readonly sha256: string }): JSX.Element {
  const [said, setSaid] = createSignal<string | null>(null);
  let timer = 0;
  const say = (words: string) => {
    setSaid(words);
    clearTimeout(timer);
    timer = window.setTimeout(() => setSaid(null), SAID_MS);
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(props.sha256);
      say('copied');
    } catch {
      say('could not be copied');
    }
  };
  onCleanup(() => clearTimeout(timer));
  return (
    <button
      type="button"
      class="link quiet copy-hash"
      title={`Copy the SHA-256: ${props.sha256}`}
      data-sha256={props.sha256}
      onClick={() => void copy()}
    >
      SHA-256 <code>{shortHash(props.sha256)}</code>
      <span role="status">{said() ?? ''}</span>
    </button>
  );
}
