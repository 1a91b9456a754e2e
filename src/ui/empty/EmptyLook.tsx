import Camera from 'lucide-solid/icons/camera';
import ImagePlus from 'lucide-solid/icons/image-plus';
import { For, type JSX, Show } from 'solid-js';
import type { SampleView } from '../../app/model.ts';
import './empty.css';

interface EmptyLookProps {
  readonly samples: readonly SampleView[];
  readonly onSample: (id: string) => void;
  readonly onOpen: () => void;
  readonly onCamera: () => void;
}

/** The first thing anyone sees: a place to drop a portrait, and a few to try. */
export function EmptyLook(props: EmptyLookProps): JSX.Element {
  const withFingers = window.matchMedia('(pointer: coarse)').matches;
  return (
    <div class="empty">
      <section class="empty-drop crop-marks" aria-labelledby="empty-title">
        <h2 id="empty-title" class="empty-title">
          {withFingers ? 'Pick a portrait' : 'Drop a portrait'}
        </h2>
        <p class="empty-text">
          Taken in the dark, with too little flash. Loupe restores it right here: no picture leaves
          this machine.
        </p>
        <div class="empty-actions">
          <button type="button" class="button primary large" onClick={() => props.onOpen()}>
            <ImagePlus /> Choose a photo
          </button>
          <button type="button" class="button large" onClick={() => props.onCamera()}>
            <Camera /> Camera
          </button>
        </div>
        <p class="empty-paste">
          or paste one with <kbd>{pasteKey()}</kbd>
          <kbd>V</kbd>
        </p>
      </section>
      <Show when={props.samples.length > 0}>
        <Samples samples={props.samples} onSample={props.onSample} />
      </Show>
    </div>
  );
}

function Samples(props: Pick<EmptyLookProps, 'samples' | 'onSample'>): JSX.Element {
  return (
    <section class="empty-samples" aria-labelledby="samples-title">
      <h2 id="samples-title" class="samples-title">
        Or start with one of these
      </h2>
      <p class="samples-note">
        Rendered portraits: on the left as taken, on the right the ground truth a restoration is
        measured against.
      </p>
      <ul class="sample-list">
        <For each={props.samples}>
          {(sample) => (
            <li>
              <button
                type="button"
                class="sample"
                title={sample.credit}
                onClick={() => props.onSample(sample.id)}
              >
                <img class="sample-picture" src={sample.thumbnailUrl} alt="" />
                <span class="sample-title">{sample.title}</span>
              </button>
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}

function pasteKey(): string {
  return /mac|iphone|ipad/i.test(navigator.userAgent) ? '⌘' : 'Ctrl';
}
