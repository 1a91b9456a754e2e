import { createMemo, createSignal, For, type JSX, lazy, Show, Suspense } from 'solid-js';
import type { AppModel } from '../../app/model.ts';
import { Segmented, type SegmentedOption } from '../common/Segmented.tsx';
import type { Viewer } from '../viewer/viewer-state.ts';
import {
  CHANNEL_TITLES,
  lengthOf,
  lineIn,
  movedLine,
  type PictureProfile,
  PROFILE_CHANNELS,
  type ProfileChannel,
  profileCsv,
  profileOfBitmap,
  valueAt,
} from './profile.ts';
import { curvesOf, type PlottedProfile, plotsOf } from './profile-curves.ts';
import { onScreen } from './ScopesBar.tsx';
import './profile.css';

const ProfilePlot = lazy(() => import('./ProfilePlot.tsx'));

interface ProfileProps {
  readonly model: AppModel;
  readonly viewer: Viewer;
}

type Shown = 'all' | ProfileChannel;

const SHOWN: readonly SegmentedOption<Shown>[] = [
  { value: 'all', label: 'Each picture', title: 'R, G, B and L* of each picture' },
  ...PROFILE_CHANNELS.map((value) => ({
    value,
    label: CHANNEL_TITLES[value],
    title: `${CHANNEL_TITLES[value]} of every picture in one plot`,
  })),
];

/** What lies under the line, beneath the pictures. */
export function ProfileBar(props: ProfileProps): JSX.Element {
  return (
    <Show when={props.viewer.profiling()}>
      <Bar {...props} />
    </Show>
  );
}

function Bar(props: ProfileProps): JSX.Element {
  const [shown, setShown] = createSignal<Shown>('all');
  const profiles = createMemo(() => profilesOf(props.viewer));
  const plots = createMemo(() => plotsOf(profiles(), shown()));
  return (
    <section class="profile-bar" aria-label="Line profile" data-testid="profile-bar">
      <div class="profile-head">
        <Segmented
          label="What is plotted"
          name="profile-channel"
          options={SHOWN}
          value={shown()}
          onChange={setShown}
        />
        <PlaceOnLine viewer={props.viewer} />
        <span id="profile-keys" class="profile-note">
          Arrows move an end, with Shift by 16; Esc leaves
        </span>
        <span class="toolbar-space" />
        <button
          type="button"
          class="tool-text"
          disabled={profiles().length === 0}
          onClick={() => void copyCsv(profiles(), props.model.commands)}
        >
          Copy as CSV
        </button>
        <button type="button" class="tool-text" onClick={() => props.viewer.setProfiling(false)}>
          Done
        </button>
      </div>
      <section
        class="profile-plots"
        aria-label="Plots"
        ref={(box) => {
          // On a phone they are moved by keys too.
          box.tabIndex = 0;
        }}
      >
        <For each={plots()}>
          {(plot) => <Plot plot={plot} at={props.viewer.profileAt() ?? 0} />}
        </For>
      </section>
    </section>
  );
}

/** The place of the line whose values stand beside the curves. */
function PlaceOnLine(props: { readonly viewer: Viewer }): JSX.Element {
  const at = () => props.viewer.profileAt() ?? 0;
  return (
    <Show when={props.viewer.profileLine()} fallback={<span>Drag a line over a picture</span>}>
      {(line) => (
        <>
          <input
            type="range"
            class="range"
            min="0"
            max="1"
            step="0.001"
            aria-label="Place on the line"
            value={at()}
            onInput={(event) => props.viewer.setProfileAt(event.currentTarget.valueAsNumber)}
          />
          <output>
            {(at() * lengthOf(line())).toFixed(1)} of {lengthOf(line()).toFixed(1)} px
          </output>
        </>
      )}
    </Show>
  );
}

async function copyCsv(
  profiles: readonly PictureProfile[],
  { notify }: AppModel['commands'],
): Promise<void> {
  try {
    await navigator.clipboard.writeText(profileCsv(profiles));
    notify('info', 'The line profile is on the clipboard, as CSV.');
  } catch {
    notify(
      'error',
      'The browser does not let Loupe write to the clipboard. Allow it for this page and copy again.',
    );
  }
}

function Plot(props: { readonly plot: PlottedProfile; readonly at: number }): JSX.Element {
  const curves = () => curvesOf(props.plot);
  return (
    <figure class="profile-plot" data-profile={props.plot.title}>
      <figcaption>
        <strong>{props.plot.title}</strong>
        <For each={props.plot.lines}>
          {({ profile, channel, title }, index) => (
            <span class="profile-key">
              <svg aria-hidden="true">
                <line
                  x1="0"
                  x2="18"
                  y1="4"
                  y2="4"
                  stroke={curves().curves[index()]?.colour}
                  stroke-width="2"
                  stroke-dasharray={curves().curves[index()]?.dash.join(' ')}
                />
              </svg>
              {title} {valueAt(profile, channel, props.at).toFixed(channel === 'lightness' ? 1 : 0)}
            </span>
          )}
        </For>
      </figcaption>
      <Suspense fallback={<div class="profile-box" />}>
        <ProfilePlot data={curves()} label={`Line profile, ${props.plot.title}`} />
      </Suspense>
    </figure>
  );
}

/** Of every picture on screen, what lies under the line. */
function profilesOf(viewer: Viewer): readonly PictureProfile[] {
  const [line, frame] = [viewer.profileLine(), viewer.frame()];
  if (!line || !frame || lengthOf(line) < 1) return [];
  return onScreen(viewer).flatMap((pane): PictureProfile[] => {
    const seen = viewer.seen(pane);
    if (!seen) return [];
    const own = movedLine(lineIn(line, frame, seen.bitmap, seen.preview), seen.offset);
    const profile = profileOfBitmap(own, seen.source);
    return profile ? [{ ...profile, title: viewer.title(pane), line: own }] : [];
  });
}
