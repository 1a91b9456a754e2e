import type { ViewSettings } from '../../app/model.ts';
import { isSetting, readView } from '../../app/state.ts';
import { DISPLAY_CHANNELS } from '../../core/inspect/displayTransform.ts';
import type { ShownAs } from '../inspect/showAs.ts';
import { FIT, type Viewport } from './viewport.ts';

/*
 * A view as the part of an address behind `#/look?`: which case, how it is looked at, and where.
 */

const PREFIX = '#/look?';

/** The settings that decide what is seen of a case. */
const LINKED = [
  'mode',
  'split',
  'splitLines',
  'splitInto',
  'single',
  'compared',
  'gain',
  'signed',
  'onion',
  'inView',
  'overlay',
  'overlayStyle',
  'overlayRegion',
  'overlayOpacity',
  'smooth',
  'boundaryRadius',
  'errorMap',
  'errorMapScale',
  'errorMapColours',
  'errorMapRegion',
] as const satisfies readonly (keyof ViewSettings)[];

type LinkedSettings = Pick<ViewSettings, (typeof LINKED)[number]>;

/** Those settings out of all of them. */
export function linkedSettings(view: ViewSettings): LinkedSettings {
  return Object.fromEntries(LINKED.map((name) => [name, view[name]])) as LinkedSettings;
}

/** Everything that a link restores. */
export interface LinkedView {
  readonly caseId: string;
  /** SHA-256 of the case's reference picture, which finds the case in another workspace. */
  readonly picture: string;
  /** The method whose output and numbers are shown; null where there is none. */
  readonly method: string | null;
  readonly settings: LinkedSettings;
  readonly viewport: Viewport;
  readonly shownAs: ShownAs;
}

/** Whether an address asks for a view. @param hash as in `location.hash` */
export function isViewLink(hash: string): boolean {
  return hash.startsWith(PREFIX);
}

/** The hash of an address that restores the view exactly. */
export function viewHash({ settings, viewport, shownAs, ...link }: LinkedView): string {
  const values: Record<string, unknown> = { ...settings, ...shownAs };
  values.zoom = viewport.fit ? 'fit' : viewport.scale;
  if (!viewport.fit) Object.assign(values, { x: viewport.x, y: viewport.y });
  const parts = new URLSearchParams({ case: link.caseId, picture: link.picture });
  if (link.method !== null) parts.set('method', link.method);
  for (const [name, value] of Object.entries(values)) {
    parts.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return PREFIX + parts;
}

type Read =
  | { readonly ok: true; readonly view: LinkedView }
  | { readonly ok: false; readonly sentence: string };

/** What a link asks for, or a sentence about what is wrong with it. */
export function readViewHash(hash: string): Read {
  const parts = new URLSearchParams(hash.slice(PREFIX.length));
  const caseId = parts.get('case');
  if (!caseId) return broken('it names no case');
  const values = new Map([...parts].map(([name, text]) => [name, plainValue(text)]));
  const settings = linkedSettings(readView(Object.fromEntries(values)));
  const wrong = Object.keys(settings).find((name) => !isSetting(name, values.get(name)));
  if (wrong) return broken(`“${wrong}” is missing or means nothing here`);
  const shownAs = readShownAs(values);
  const viewport = readViewport(values);
  if (!shownAs) return broken('exposure, gamma or channel are missing or mean nothing here');
  if (!viewport) return broken('zoom or position are missing or mean nothing here');
  return {
    ok: true,
    view: {
      caseId,
      picture: parts.get('picture') ?? '',
      method: parts.get('method'),
      settings,
      viewport,
      shownAs,
    },
  };
}

function broken(what: string): Read {
  return {
    ok: false,
    sentence: `This link to a view cannot be followed: ${what}. Copy it again where it was made, with “Copy link to this view”.`,
  };
}

/** Words stand for themselves, everything else is written as JSON. */
function plainValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const isBetween = (value: unknown, least: number, most: number): value is number =>
  typeof value === 'number' && value >= least && value <= most;

function readShownAs(values: ReadonlyMap<string, unknown>): ShownAs | null {
  const [exposure, gamma, clipping] = ['exposure', 'gamma', 'clipping'].map((name) =>
    values.get(name),
  );
  const channel = DISPLAY_CHANNELS.find((known) => known === values.get('channel'));
  if (!isBetween(exposure, -6, 6) || !isBetween(gamma, 0.2, 5)) return null;
  if (channel === undefined || typeof clipping !== 'boolean') return null;
  return { exposure, gamma, channel, clipping };
}

function readViewport(values: ReadonlyMap<string, unknown>): Viewport | null {
  const zoom = values.get('zoom');
  if (zoom === 'fit') return FIT;
  const [x, y] = [values.get('x'), values.get('y')];
  if (!isBetween(zoom, Number.MIN_VALUE, 1e6) || !isBetween(x, 0, 1) || !isBetween(y, 0, 1)) {
    return null;
  }
  return { fit: false, scale: zoom, x, y };
}
