import type { ColourMapId } from '../core/colour/colourMaps.ts';
import type { RegionName } from '../core/dataset/roles.ts';
import type { LearnedMetricId, MetricContract } from '../core/metrics/learned.ts';
import type { MapDefinition, MapId, MapRange } from '../core/metrics/maps.ts';
import type { Rectangle, RegionRule } from '../core/metrics/regionRule.ts';
import type {
  MetricDefinitionOf,
  MetricId,
  MetricValue,
  MetricValues,
  NiqeResult,
} from '../core/metrics/types.ts';
import type { MapScale, MetricsBackend, NumbersChecked } from '../protocol/engine.ts';

export type { MapScale, MetricsBackend, NumbersChecked } from '../protocol/engine.ts';

/*
 * The part of the contract between `src/app` and `src/ui` that speaks of numbers: metrics beyond the
 * RAIM set, regions, learned metrics, error maps and whether this device may be cited.
 */

/** Regions beside person, background and the whole picture; in this order on screen. */
export const FURTHER_REGION_IDS = [
  'boundary',
  'rectangle',
  'hair',
  'skin',
  'face-skin',
  'sky',
] as const;
export type FurtherRegionId = (typeof FURTHER_REGION_IDS)[number];

export type RegionMetricValues = Readonly<Partial<Record<MetricId, MetricValue>>>;

/** The numbers over one further region. */
export interface RegionView {
  readonly id: FurtherRegionId;
  /** E.g. "Edge ±8 px", "Rectangle", "Hair". */
  readonly title: string;
  readonly rule: RegionRule;
  /** The rule as a finished sentence. */
  readonly sentence: string;
  /** A metric without a place here was not measured over this region. */
  readonly values: RegionMetricValues;
  readonly inputValues: RegionMetricValues | null;
  /** Measured with a mask that has changed since: the numbers of today's are on their way. */
  readonly stale?: true;
}

/** NIQE of each picture of a case; null where it is not measured (yet) or the picture is missing. */
export interface NiqeView {
  readonly input: NiqeResult | null;
  readonly output: NiqeResult | null;
  readonly gt: NiqeResult | null;
}

/** The pictures that a metric can be measured of. */
export type LearnedSubject = 'output' | 'input' | 'gt';

/** A learned metric's values; they belong to one region, by the crop rule of its definition. */
export interface LearnedValue {
  readonly id: LearnedMetricId;
  /** `person` where the metric looks for the person and the case has a mask, else `global`. */
  readonly region: 'person' | 'global';
  /** Null: no value; absent: not measured. */
  readonly values: Readonly<Partial<Record<LearnedSubject, MetricValue>>>;
  /** Hex SHA-256 of the network that gave the values. */
  readonly networkSha256: string;
}

/** What became of the numbers beyond the RAIM set: further metrics, regions, NIQE and learned metrics. */
export type MoreMetricsView =
  /** Nothing is missing of what the settings ask for. */
  | { readonly status: 'done' }
  /** A job measures, or waits to; values appear one after the other. */
  | { readonly status: 'measuring' }
  /** Cancelled by the user: `measureAll` takes it up again. */
  | { readonly status: 'cancelled' }
  | { readonly status: 'failed'; readonly message: string };

/** The numbers of an output, once the RAIM set is measured. */
export interface MeasuredView {
  readonly status: 'done';
  /** The RAIM set, and further metrics as soon as they are measured; absent: not measured. */
  readonly values: MetricValues;
  /** What measured the RAIM set. */
  readonly backend: MetricsBackend;
  /** The graphics adapter behind it; null for the reference, and where it was not noted. */
  readonly adapter: string | null;
  /** What measured each of `values`. */
  readonly backends: Readonly<Partial<Record<MetricId, MetricsBackend>>>;
  /** Of the RAIM set. */
  readonly seconds: number;
  /** Of the RAIM set: true when nothing was computed. */
  readonly fromCache: boolean;
  /** The same metrics of the untouched input against the ground truth, for comparison. */
  readonly inputValues: MetricValues | null;
  /**
   * What is known of the device that measured the RAIM set; `exact` also for the reference. For the
   * other metrics see `DeviceView.deviations`: it lists those that were checked.
   */
  readonly checked: NumbersChecked;
  /** Further regions, in the order of `FURTHER_REGION_IDS`; each appears once it is measured. */
  readonly regions: readonly RegionView[];
  /** Measured with a person mask that has changed since: the numbers of today's are on their way. */
  readonly stale?: true;
}

/** The error map of the case on screen, for the settings in `view`; never one of older pictures. */
export type ErrorMapView =
  | { readonly status: 'computing'; readonly map: MapDefinition }
  | { readonly status: 'failed'; readonly map: MapDefinition; readonly message: string }
  | {
      readonly status: 'done';
      readonly map: MapDefinition;
      /** Of the pictures' size, to be drawn like one of them; faded to dark grey outside the chosen region. */
      readonly bitmap: ImageBitmap;
      /** The values at the two ends of the colour bar. */
      readonly range: MapRange;
      readonly scale: MapScale;
      readonly colourMap: ColourMapId;
      /** 256 colours as R, G, B bytes, from `range.min` to `range.max`. */
      readonly colours: Uint8Array<ArrayBuffer>;
      readonly backend: MetricsBackend;
    };

/** Outside which region an error map is faded. */
export type MapRegion = 'person' | 'background' | FurtherRegionId;

/** One of the two weight files LPIPS is built from, or an exported network. */
export interface WeightSourceView {
  readonly name: string;
  readonly sha256: string;
}

export interface LearnedMetricView {
  readonly id: LearnedMetricId;
  readonly definition: MetricDefinitionOf<LearnedMetricId>;
  readonly contract: MetricContract;
  readonly network:
    | {
        readonly status: 'missing';
        /** Two sentences: which files to drop, and where they come from. */
        readonly what: string;
        /** The file that came first and waits for the other one; null where none did. */
        readonly have: string | null;
      }
    | { readonly status: 'building' }
    | {
        readonly status: 'ready';
        readonly sha256: string;
        readonly bytes: number;
        readonly sources: readonly WeightSourceView[];
        /** A sentence where its numbers compare to no published ones; else null. */
        readonly warning: string | null;
      };
}

/** How far a metric is from float64 on this device, over the built-in pictures. */
export interface DeviationView {
  readonly id: MetricId;
  readonly title: string;
  readonly unit: string;
  /** Largest deviation, absolute below 1 and relative above; null: a value was missing or not finite. */
  readonly deviation: number | null;
  /** Up to here the metric may be cited. */
  readonly tolerance: number;
  readonly exact: boolean;
}

/** Whether numbers of this device may be cited. */
export interface DeviceView {
  /** `exact` also where there is no adapter: the float64 reference then measures everything. */
  readonly numbersChecked: NumbersChecked;
  /** One finished sentence for the header. */
  readonly sentence: string;
  /** Empty until it was checked. */
  readonly deviations: readonly DeviationView[];
  /** Milliseconds since 1970; null until it was checked. */
  readonly checkedAt: number | null;
}

/** Settings of the view that decide what is measured and which error map is drawn. */
export interface MetricSettings {
  /** `all`: every pixel metric and NIQE too, for the case on screen. */
  readonly metricSet: 'raim' | 'all';
  /** Whether the band around the person's edge is a region. */
  readonly boundary: boolean;
  /** Pixels on either side of the edge, 1 to 64. */
  readonly boundaryRadius: number;
  /** Null: no error map. */
  readonly errorMap: MapId | null;
  readonly errorMapScale: MapScale;
  /** Signed maps have a diverging colour map of their own. */
  readonly errorMapColours: 'viridis' | 'magma';
  /** Null: nothing is faded. */
  readonly errorMapRegion: MapRegion | null;
  /** Whether the hints of every case that comes on screen are measured. */
  readonly hints: boolean;
}

/** Commands that speak of numbers. */
export interface MetricCommands {
  /** Sets `metricSet` to `all` and measures what is missing of the case on screen. */
  measureAll(): Promise<void>;
  /** Shows a map of output against ground truth, or none; the scale stays where it is not given. */
  setErrorMap(map: MapId | null, scale?: MapScale): void;
  /** A rectangle of the case on screen, in pixels of the picture (rounded and clamped); null: none. */
  setRectangle(rectangle: Rectangle | null): Promise<void>;
  removeRegionMask(caseId: string, region: RegionName): Promise<void>;
  /** Forgets the network, or the weight file that waits for the other one. */
  removeLearnedMetric(id: LearnedMetricId): Promise<void>;
  /** Checks every metric on this device now, and shows the deviations in `device`. */
  checkDevice(): Promise<void>;
}
