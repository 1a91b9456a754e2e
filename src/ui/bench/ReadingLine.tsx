import { createMemo, type JSX, Show } from 'solid-js';
import type { BenchState } from '../../app/bench/model.ts';
import { ProgressBar } from '../common/ProgressBar.tsx';
import { Said } from '../common/Said.tsx';
import { formatExact, fractionDone } from '../format.ts';
import type { BenchIntake } from './intake.ts';

interface ReadingProps {
  readonly state: BenchState;
  readonly intake: BenchIntake;
}

/**
 * Says that files are being read, and that they are. It outlives the page without a set, which the
 * first one takes away as it comes.
 */
export function ReadingSaid(props: ReadingProps): JSX.Element {
  /** The end is said too: what comes of it stands elsewhere on the page. */
  const said = createMemo<string>((before) => {
    if (props.intake.busy() || props.state.reading) return 'Reading files';
    return before && 'The files are read';
  }, '');
  return <Said>{said()}</Said>;
}

/** What is being taken in, while files are. */
export function ReadingLine(props: ReadingProps): JSX.Element {
  const looking = () => props.intake.found() !== null;
  return (
    <>
      <Show when={looking()}>
        <div class="bench-reading" data-testid="bench-reading">
          <ProgressBar fraction={null} label="Looking through folders" neutral />
          <p class="section-note">
            Looking through folders: {formatExact(props.intake.found() ?? 0)} files
          </p>
        </div>
      </Show>
      <Show when={!looking() && props.state.reading}>
        {(reading) => (
          <div class="bench-reading" data-testid="bench-reading">
            <ProgressBar
              fraction={fractionDone(reading().done, reading().total)}
              label={reading().label}
              neutral
            />
            <p class="section-note">
              {reading().label} · {formatExact(reading().done)} of {formatExact(reading().total)}
            </p>
          </div>
        )}
      </Show>
    </>
  );
}
