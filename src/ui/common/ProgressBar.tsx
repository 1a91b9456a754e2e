import type { JSX } from 'solid-js';

interface ProgressBarProps {
  /** 0..1, or null while nothing is known. */
  readonly fraction: number | null;
  readonly label: string;
  /** Without the interface colour: for use beside pictures. */
  readonly neutral?: boolean;
}

/** A thin bar that fills from the left, and moves to and fro while the end is unknown. */
export function ProgressBar(props: ProgressBarProps): JSX.Element {
  return (
    <div
      class="progress-bar"
      classList={{ neutral: props.neutral === true, unknown: props.fraction === null }}
      role="progressbar"
      aria-label={props.label}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow={props.fraction === null ? undefined : Math.round(props.fraction * 100)}
      style={{ '--fraction': String(props.fraction ?? 0) }}
    >
      <div class="progress-fill" />
    </div>
  );
}
