import { type JSX, Match, Switch } from 'solid-js';
import { DIFFERENCE_GAINS } from '../../app/model.ts';
import { Segmented, type SegmentedOption } from '../common/Segmented.tsx';
import type { Viewer } from '../viewer/viewer-state.ts';
import './inspect.css';

const GAINS: readonly SegmentedOption<string>[] = DIFFERENCE_GAINS.map((gain) => ({
  value: String(gain),
  label: `×${gain}`,
}));

type Sign = 'absolute' | 'signed';

const SIGNS: readonly SegmentedOption<Sign>[] = [
  { value: 'absolute', label: 'Absolute', title: 'Black where the two are the same' },
  { value: 'signed', label: 'Signed', title: 'Mid-grey where the two are the same' },
];

type PairViewer = Pick<
  Viewer,
  'everyPane' | 'look' | 'compared' | 'title' | 'gain' | 'setGain' | 'signed' | 'setSigned'
> &
  Pick<Viewer, 'sides' | 'onion' | 'setOnion'>;

/** How two pictures in one place are laid over each other, beneath them. */
export function PairBar(props: { readonly viewer: PairViewer }): JSX.Element {
  const there = () => props.viewer.everyPane().length > 1;
  return (
    <Switch>
      <Match when={there() && props.viewer.look() === 'onion'}>
        <Opacity {...props} />
      </Match>
      <Match when={there() && props.viewer.look() === 'difference'}>
        <section class="map-bar" aria-label="Difference" data-testid="difference-bar">
          <Segmented
            label="Amplification"
            name="gain"
            options={GAINS}
            value={String(props.viewer.gain())}
            onChange={(value) => {
              const gain = DIFFERENCE_GAINS.find((known) => String(known) === value);
              if (gain) props.viewer.setGain(gain);
            }}
          />
          <Segmented
            label="Sign"
            name="sign"
            options={SIGNS}
            value={props.viewer.signed() ? 'signed' : 'absolute'}
            onChange={(sign) => props.viewer.setSigned(sign === 'signed')}
          />
          <span class="bar-note">{meaning(props.viewer)}</span>
        </section>
      </Match>
    </Switch>
  );
}

function meaning(viewer: PairViewer): string {
  const [first, second] = viewer.compared().map(viewer.title);
  const step = `${second} minus ${first}`;
  const gain = viewer.gain();
  return viewer.signed()
    ? `128 + ${gain} × (${step}), sRGB values on the screen`
    : `${gain} × |${step}|, sRGB values on the screen`;
}

function Opacity(props: { readonly viewer: PairViewer }): JSX.Element {
  const percent = () => Math.round(props.viewer.onion() * 100);
  const upper = () => props.viewer.title(props.viewer.sides()[1] ?? 'output');
  return (
    <section class="map-bar" aria-label="Onion" data-testid="onion-bar">
      <label class="onion-label">
        <span>Opacity of {upper()}</span>
        <input
          type="range"
          class="range"
          min="0"
          max="100"
          value={percent()}
          onInput={(event) => props.viewer.setOnion(event.currentTarget.valueAsNumber / 100)}
        />
      </label>
      <output class="stepper-value">{percent()} %</output>
    </section>
  );
}
