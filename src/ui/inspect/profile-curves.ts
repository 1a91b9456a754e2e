import { PLOT_COLOURS } from '../../core/export/plots.ts';
import {
  CHANNEL_TITLES,
  type PictureProfile,
  PROFILE_CHANNELS,
  type ProfileChannel,
  valueAt,
} from './profile.ts';
import type { ProfilePlotData } from './profile-draw.ts';

/** One curve of a plot: a channel of a picture. */
interface PlottedLine {
  readonly title: string;
  readonly profile: PictureProfile;
  readonly channel: ProfileChannel;
}

export interface PlottedProfile {
  readonly title: string;
  readonly lines: readonly PlottedLine[];
}

/** A plot for each picture with all its channels, or one plot of a channel with every picture. */
export function plotsOf(
  profiles: readonly PictureProfile[],
  shown: 'all' | ProfileChannel,
): readonly PlottedProfile[] {
  if (profiles.length === 0) return [];
  if (shown !== 'all') {
    const lines = profiles.map((profile) => ({ title: profile.title, profile, channel: shown }));
    return [{ title: CHANNEL_TITLES[shown], lines }];
  }
  return profiles.map((profile) => ({
    title: profile.title,
    lines: PROFILE_CHANNELS.map((channel) => ({
      title: CHANNEL_TITLES[channel],
      profile,
      channel,
    })),
  }));
}

/** Seen on light and on dark ground. */
const CHANNEL_COLOURS: Readonly<Record<ProfileChannel, string>> = {
  red: '#e0483f',
  green: '#2f9e50',
  blue: '#4a82e8',
  lightness: '#8a8a8a',
};

const CHANNEL_DASHES: Readonly<Record<ProfileChannel, readonly number[]>> = {
  red: [],
  green: [6, 3],
  blue: [2, 2],
  lightness: [10, 3, 2, 3],
};

const PICTURE_DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 2], [10, 3, 2, 3]];

/** The curves of a plot over one axis: pictures of other sizes are read at the same parts of the line. */
export function curvesOf({ lines }: PlottedProfile): ProfilePlotData {
  const first = lines[0]?.profile.distance ?? new Float64Array([0, 1]);
  const length = first[first.length - 1] || 1;
  const parts = Array.from(first, (distance) => distance / length);
  const channels = new Set(lines.map(({ channel }) => channel)).size;
  return {
    x: [...first],
    curves: lines.map(({ title, profile, channel }, i) => ({
      title,
      colour:
        channels > 1
          ? CHANNEL_COLOURS[channel]
          : (PLOT_COLOURS[i % PLOT_COLOURS.length] ?? CHANNEL_COLOURS.lightness),
      dash:
        channels > 1 ? CHANNEL_DASHES[channel] : (PICTURE_DASHES[i % PICTURE_DASHES.length] ?? []),
      values: parts.map((t) => valueAt(profile, channel, t)),
      top: channel === 'lightness' ? 100 : 255,
    })),
  };
}
