import type { ColourMapId } from '../core/colour/colourMaps.ts';
import type { BinaryMask, Rgba8 } from '../core/image/types.ts';
import type { MapId, MapRange } from '../core/metrics/maps.ts';
import type { RegionMasks, RegionRule } from '../core/metrics/regionRule.ts';
import type { MetricId, MetricValue, MetricValues, NiqeResult } from '../core/metrics/types.ts';

/*
 * What the engine measures: the jobs and their outcomes. Types only.
 */

export type MetricsBackend = 'wgsl' | 'reference';

/** The ends of an error map's colours: the map's own fixed ones, or the data's least and greatest. */
export type MapScale = 'fixed' | 'data';

/** An output and its ground truth. */
export interface PairJob {
  readonly jobId: string;
  readonly fileName: string;
  readonly output: Rgba8;
  readonly groundTruth: Rgba8;
  /** SHA-256 of both files: pictures that are measured repeatedly stay on the device under them. */
  readonly addresses?: { readonly output: string; readonly groundTruth: string };
  /** The float64 reference measures: the device's own numbers were found to be wrong. */
  readonly onCpu?: boolean;
}

export interface MeasureJob extends PairJob {
  /** Already of the picture's size; null measures the whole picture only. */
  readonly mask: BinaryMask | null;
  /** The RAIM set where it is absent. */
  readonly metrics?: readonly MetricId[];
}

export interface MeasureOutcome {
  readonly values: MetricValues;
  /** `wgsl` where all of them were measured by it. */
  readonly backend: MetricsBackend;
  /** What measured each of them. */
  readonly backends: Readonly<Partial<Record<MetricId, MetricsBackend>>>;
  readonly seconds: number;
}

/** Metrics over one region of any shape; the engine draws it from the masks by the rule. */
export interface MeasureRegionJob extends PairJob {
  readonly rule: RegionRule;
  readonly masks: RegionMasks;
  readonly metrics: readonly MetricId[];
}

export interface MeasureRegionOutcome {
  /** Null where the region is empty, or its mask is missing. */
  readonly values: Readonly<Partial<Record<MetricId, MetricValue>>>;
  readonly backends: Readonly<Partial<Record<MetricId, MetricsBackend>>>;
  readonly seconds: number;
}

export interface NiqeJob {
  readonly jobId: string;
  readonly picture: Rgba8;
}

export interface NiqeOutcome {
  readonly result: NiqeResult;
  readonly seconds: number;
}

export interface ErrorMapJob extends PairJob {
  readonly map: MapId;
  readonly scale: MapScale;
  /** For maps from little to much; signed ones have a diverging one of their own. */
  readonly colours: 'viridis' | 'magma';
  /** Faded outside this region; the data-driven scale is that of the region alone. */
  readonly region: RegionRule | null;
  readonly masks: RegionMasks;
}

export interface ErrorMapOutcome {
  /** Of the pictures' size. */
  readonly bitmap: ImageBitmap;
  readonly range: MapRange;
  readonly colourMap: ColourMapId;
  /** 256 colours as R, G, B bytes, from `range.min` to `range.max`. */
  readonly colours: Uint8Array<ArrayBuffer>;
  readonly backend: MetricsBackend;
}

export interface MapPeakJob extends PairJob {
  readonly map: MapId;
  /** Already of the picture's size; null: no person is known. */
  readonly mask: BinaryMask | null;
}

export interface MapPeakOutcome {
  /** How bad the map gets, by `mapPeak`, over the whole picture. */
  readonly global: number;
  /** The same over the person; null without one. */
  readonly person: number | null;
}

/** How far a metric is from float64 over the built-in pictures. */
export interface DeviceDeviation {
  readonly id: MetricId;
  /** Largest, absolute below 1 and relative above; null where a value was missing or not finite. */
  readonly deviation: number | null;
  /** Up to here the metric may be cited. */
  readonly tolerance: number;
  readonly exact: boolean;
}

export interface DeviceCheckOutcome {
  readonly deviations: readonly DeviceDeviation[];
  readonly exact: boolean;
  readonly seconds: number;
}
