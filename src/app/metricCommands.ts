import type { AppTurns } from './context.ts';
import { checkDevice } from './deviceCheck.ts';
import { removeLearnedMetric } from './learnedNetworks.ts';
import type { MetricCommands, MetricSettings, ViewSettings } from './model.ts';
import { retryMore } from './more.ts';
import { removeRegionMask, setRectangle } from './regionCommands.ts';
import { type AppStore, WIDEST_BOUNDARY } from './state.ts';

const SETTINGS: Readonly<Record<keyof MetricSettings, true>> = {
  metricSet: true,
  boundary: true,
  boundaryRadius: true,
  errorMap: true,
  errorMapScale: true,
  errorMapColours: true,
  errorMapRegion: true,
  hints: true,
};

/** Whether a setting of the view decides what is measured or drawn. */
export const isMetricSetting = (name: string): boolean => Object.hasOwn(SETTINGS, name);

/** Settings as they may be used: the band's radius is a whole number of pixels in its bounds. */
export function usable(change: Partial<ViewSettings>): Partial<ViewSettings> {
  const { boundaryRadius: radius } = change;
  if (radius === undefined) return change;
  const whole = Number.isFinite(radius) ? Math.round(radius) : 1;
  return { ...change, boundaryRadius: Math.min(WIDEST_BOUNDARY, Math.max(1, whole)) };
}

/** The commands that speak of numbers, as the page calls them. */
export function makeMetricCommands(
  store: AppStore,
  turns: AppTurns,
  setView: (change: Partial<ViewSettings>) => void,
): MetricCommands {
  return {
    measureAll: () => {
      setView({ metricSet: 'all' });
      return turns.now(async (ready) => {
        const id = ready.store.state.currentCaseId;
        if (id !== null) await retryMore(ready, id);
      });
    },
    setErrorMap: (errorMap, errorMapScale = store.state.view.errorMapScale) =>
      setView({ errorMap, errorMapScale }),
    setRectangle: (rectangle) => turns.now((ready) => setRectangle(ready, rectangle)),
    removeRegionMask: (id, region) => turns.now((ready) => removeRegionMask(ready, id, region)),
    removeLearnedMetric: (id) => turns.now((ready) => removeLearnedMetric(ready, id)),
    checkDevice: () => turns.now(checkDevice),
  };
}
