import { COLOUR_MAPS, type ColourMapId } from '../core/colour/colourMaps.ts';
import type { BinaryMask, Rgba8 } from '../core/image/types.ts';
import { mapPeak } from '../core/inspect/ranking.ts';
import { colourise } from '../core/metrics/colourise.ts';
import { dataRange, MAPS, type MapRange, mapReference } from '../core/metrics/maps.ts';
import { regionMask } from '../core/metrics/regionRule.ts';
import type { ErrorMaps } from '../gpu/errorMaps.ts';
import type {
  ErrorMapJob,
  ErrorMapOutcome,
  MapPeakJob,
  MapPeakOutcome,
} from '../protocol/engine.ts';
import { toBitmap } from './bitmap.ts';
import { requirePair } from './measureJobs.ts';

/** The colours of a map from the end of its small values on: turned round where those are the bad ones. */
function coloursOf(id: ColourMapId, reversed: boolean): Uint8Array<ArrayBuffer> {
  const { table } = COLOUR_MAPS[id];
  if (!reversed) return table.slice();
  const last = table.length / 3 - 1;
  return table.map((_, i) => table[(last - Math.floor(i / 3)) * 3 + (i % 3)] ?? 0);
}

interface Look {
  readonly range: MapRange | 'data';
  readonly colours: Uint8Array<ArrayBuffer>;
  readonly region: BinaryMask | null;
}

/** The twin of `ErrorMaps.show` on the CPU. */
function showReference(
  { map: id, output, groundTruth }: ErrorMapJob,
  { range: wanted, colours, region }: Look,
  colourMap: ColourMapId,
): { readonly range: MapRange; readonly picture: Rgba8 } {
  const map = mapReference(id, output, groundTruth);
  const range = wanted === 'data' ? dataRange(id, map, region) : wanted;
  return {
    range,
    picture: colourise(map, range, { ...COLOUR_MAPS[colourMap], table: colours }, region),
  };
}

/** A map before it is a bitmap. */
export interface DrawnMap extends Omit<ErrorMapOutcome, 'bitmap'> {
  readonly picture: Rgba8;
}

/**
 * An error map as a picture, with what its colour bar needs.
 * @param maps null where there is no device
 * @throws {Failure} `size-mismatch`
 */
export async function drawErrorMap(maps: ErrorMaps | null, job: ErrorMapJob): Promise<DrawnMap> {
  requirePair(job);
  const { width, height } = job.output;
  const { kind, lowIsBad, range: fixed } = MAPS[job.map];
  const colourMap = kind === 'diverging' ? 'diverging' : job.colours;
  const colours = coloursOf(colourMap, lowIsBad);
  const region = job.region && regionMask(job.region, width, height, job.masks);
  const look = { range: job.scale === 'data' ? ('data' as const) : fixed, colours, region };
  const device = job.onCpu ? null : maps;
  const { range, picture } = device
    ? await device.show(job.map, job.output, job.groundTruth, look)
    : showReference(job, look, colourMap);
  return { picture, range, colourMap, colours, backend: device ? 'wgsl' : 'reference' };
}

/**
 * How bad an error map gets.
 * @param maps null where there is no device
 * @throws {Failure} `size-mismatch`
 */
export async function runMapPeak(maps: ErrorMaps | null, job: MapPeakJob): Promise<MapPeakOutcome> {
  requirePair(job);
  const { map: id, output, groundTruth, mask } = job;
  const device = job.onCpu ? null : maps;
  const map = device
    ? await device.values(id, output, groundTruth)
    : mapReference(id, output, groundTruth);
  const { lowIsBad } = MAPS[id];
  return {
    // A picture has a pixel or more.
    global: mapPeak(map, lowIsBad) ?? Number.NaN,
    person: mask && mapPeak(map, lowIsBad, mask),
  };
}

/** `drawErrorMap` with the picture as the canvas draws it. */
export async function runErrorMap(
  maps: ErrorMaps | null,
  job: ErrorMapJob,
): Promise<ErrorMapOutcome> {
  const { picture, ...bar } = await drawErrorMap(maps, job);
  return { bitmap: await toBitmap(picture), ...bar };
}
