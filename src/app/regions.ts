import type { RegionName } from '../core/dataset/roles.ts';
import {
  MASK_RULE,
  type Rectangle,
  type RegionMasks,
  type RegionRule,
  regionSentence,
} from '../core/metrics/regionRule.ts';
import type { StoredCase, StoredPicture } from '../storage/records.ts';
import { referenceOf } from './cases.ts';
import type { AppContext } from './context.ts';
import { loadGrey, type Measured } from './measured.ts';
import type { FurtherRegionId, MapRegion, MetricSettings } from './model.ts';
import { shownOutput } from './outputs.ts';
import { partOfMasks, partOfRule, partsOf, rectangleInTruth } from './shifted.ts';

export const REGION_NAMES: readonly RegionName[] = ['hair', 'skin', 'face-skin', 'sky'];

const NAMED: Readonly<Record<RegionName, string>> = {
  hair: 'Hair',
  skin: 'Skin',
  'face-skin': 'Face',
  sky: 'Sky',
};

/** How a named region is called on screen. */
export const regionTitle = (name: RegionName): string => NAMED[name];

export interface Region {
  readonly id: FurtherRegionId;
  readonly title: string;
  readonly rule: RegionRule;
  readonly sentence: string;
  /** The mask it is drawn from; null for a rectangle. */
  readonly mask: StoredPicture | null;
}

function region(
  id: FurtherRegionId,
  title: string,
  rule: RegionRule,
  mask: StoredPicture | null,
): Region {
  return { id, title, rule, sentence: regionSentence(rule), mask };
}

/**
 * The rectangle in pixels of what is measured: an enlarged output is larger than the input. Under a
 * shift the output lies over the ground truth, on the screen too.
 */
function rectangleOf(record: StoredCase): Rectangle | null {
  const reference = referenceOf(record)?.picture;
  const output = shownOutput(record)?.picture;
  if (record.rectangle === null || reference === undefined) return null;
  if (record.gt !== null && partsOf(record) !== null) {
    return rectangleInTruth(record.rectangle, reference, record.gt);
  }
  const scale = output === undefined ? 1 : output.width / reference.width;
  const { x, y, width, height } = record.rectangle;
  return { x: x * scale, y: y * scale, width: width * scale, height: height * scale };
}

/** The regions of a case beside person, background and the whole picture. */
export function regionsOf(
  record: StoredCase,
  { boundary, boundaryRadius: radius }: Pick<MetricSettings, 'boundary' | 'boundaryRadius'>,
): Region[] {
  const regions: Region[] = [];
  if (boundary && record.mask !== null) {
    const rule: RegionRule = { kind: 'boundary', mask: MASK_RULE, radius };
    regions.push(region('boundary', `Edge ±${radius} px`, rule, record.mask));
  }
  const rectangle = rectangleOf(record);
  if (rectangle !== null) {
    const rule: RegionRule = { kind: 'rectangle', ...rectangle };
    regions.push(region('rectangle', 'Rectangle', rule, null));
  }
  for (const name of REGION_NAMES) {
    const mask = record.regionMasks[name];
    if (mask === undefined) continue;
    regions.push(region(name, NAMED[name], { kind: 'named', mask: MASK_RULE, name }, mask));
  }
  return regions;
}

/** The region an error map is faded outside of; null where the case does not have it. */
export function mapRegionOf(
  record: StoredCase,
  id: MapRegion | null,
  settings: Pick<MetricSettings, 'boundary' | 'boundaryRadius'>,
): Pick<Region, 'rule' | 'mask'> | null {
  if (id === 'person' || id === 'background') {
    return record.mask && { rule: { kind: id, mask: MASK_RULE }, mask: record.mask };
  }
  return regionsOf(record, settings).find((candidate) => candidate.id === id) ?? null;
}

/** A region's rule and masks as they are where output and ground truth are compared. @throws {MeasureFailure} */
export async function loadRegionFor(
  context: AppContext,
  record: StoredCase,
  region: Pick<Region, 'rule' | 'mask'>,
  measured: Measured,
): Promise<{ readonly rule: RegionRule; readonly masks: RegionMasks }> {
  const masks = await loadRegionMasks(context, region);
  const parts = measured === 'output' ? partsOf(record) : null;
  if (parts === null) return { rule: region.rule, masks };
  return {
    rule: partOfRule(region.rule, parts.truth),
    masks: partOfMasks(masks, record, parts.truth),
  };
}

/** The mask that a rule draws its region from, for the engine. @throws {MeasureFailure} */
async function loadRegionMasks(
  context: AppContext,
  { rule, mask }: Pick<Region, 'rule' | 'mask'>,
): Promise<RegionMasks> {
  const grey = mask === null ? null : await loadGrey(context, mask);
  if (rule.kind === 'named') return { person: null, named: grey ? { [rule.name]: grey } : {} };
  return { person: grey, named: {} };
}
