import type { JSX } from 'solid-js';
import { createDrawnPlot } from '../common/plot-frame.ts';
import { drawProfile, type ProfilePlotData } from './profile-draw.ts';

/** The plot of a profile; in a file of its own, so that its library is fetched when it is wanted. */
export default function ProfilePlot(props: {
  readonly data: ProfilePlotData;
  readonly label: string;
}): JSX.Element {
  let box: HTMLDivElement | undefined;
  createDrawnPlot(
    () => box,
    () => props.data,
    drawProfile,
  );
  return <div ref={box} class="profile-box" role="img" aria-label={props.label} />;
}
