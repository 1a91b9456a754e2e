import * as v from 'valibot';

/** A tag that says what is wrong, or right, with a picture. */
export interface Tag {
  /** Own tags have ids that start with "own:". */
  readonly id: string;
  readonly title: string;
  /** What it stands for, so that two reviewers mean the same. */
  readonly sentence: string;
}

export const READY_TAGS: readonly Tag[] = [
  {
    id: 'skin-tone',
    title: 'Skin tone',
    sentence: 'The skin is lighter, darker or of another hue than the person’s own.',
  },
  {
    id: 'smooth-skin',
    title: 'Skin smoothed',
    sentence: 'Pores, wrinkles or freckles are gone; the skin looks like wax.',
  },
  { id: 'noise', title: 'Noise', sentence: 'Grain or coloured speckles are left or were added.' },
  {
    id: 'blur',
    title: 'Blur',
    sentence: 'Detail that the input shows, or that must be there, is soft.',
  },
  {
    id: 'sharpening',
    title: 'Over-sharpened',
    sentence: 'Edges and texture are harsher than in life.',
  },
  {
    id: 'halo',
    title: 'Halo',
    sentence: 'A light or dark rim runs along the edge of the person or of an object.',
  },
  {
    id: 'identity',
    title: 'Identity change',
    sentence: 'The face looks like another person, or a feature has changed its shape.',
  },
  {
    id: 'face-artefact',
    title: 'Face damaged',
    sentence: 'Eyes, teeth, ears or glasses are deformed or invented.',
  },
  { id: 'hair', title: 'Hair', sentence: 'Strands are smeared, cut off or painted.' },
  {
    id: 'flat-light',
    title: 'Flat light',
    sentence: 'Light and shadow on the face are levelled; it has lost its form.',
  },
  {
    id: 'cut-and-paste',
    title: 'Cut and paste',
    sentence: 'Person and background look lit by different lights.',
  },
  {
    id: 'background',
    title: 'Background damaged',
    sentence: 'The background has changed, lost detail or gained what was not there.',
  },
  {
    id: 'colour-cast',
    title: 'Colour cast',
    sentence: 'The whole picture is tinted.',
  },
  { id: 'fringes', title: 'Fringes', sentence: 'Coloured seams run along strong edges.' },
  { id: 'banding', title: 'Banding', sentence: 'Smooth gradients break into steps.' },
  { id: 'moire', title: 'Moiré', sentence: 'A pattern appears on fabric or on fine structures.' },
  {
    id: 'clipping',
    title: 'Clipped',
    sentence: 'Highlights are burnt out or shadows are black, and their detail is gone.',
  },
  { id: 'seam', title: 'Seam', sentence: 'Straight lines show where tiles meet.' },
  { id: 'too-dark', title: 'Too dark', sentence: 'The person is still under-exposed.' },
  { id: 'too-bright', title: 'Too bright', sentence: 'The person or the scene is over-exposed.' },
  { id: 'good', title: 'Good example', sentence: 'Worth showing for what went right.' },
];

const OWN = 'own:';

/**
 * A tag of the user's own; the same title, but for case and spaces, is the same tag.
 * @throws RangeError where the title is empty or longer than 40 characters
 */
export function ownTag(title: string): Tag {
  const trimmed = title.trim().replace(/\s+/g, ' ');
  if (trimmed === '' || trimmed.length > 40) {
    throw new RangeError('A tag has a title of 1 to 40 characters.');
  }
  return { id: OWN + trimmed.toLowerCase(), title: trimmed, sentence: 'A tag of your own.' };
}

export const isOwnTag = (id: string): boolean => id.startsWith(OWN);

/** A tag as one word, for filter lines: "skin-tone", "too-much-red". */
export function tagWord(id: string): string {
  return (isOwnTag(id) ? id.slice(OWN.length) : id).replaceAll(' ', '-');
}

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
/** A method's id; null where something is said of the case as a whole. */
const method = v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(300)));
/** Milliseconds since 1970. */
const time = v.pipe(v.number(), v.finite(), v.minValue(0));
/** A share of the picture's width or height from the top left: it outlives a change of size. */
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** More of a kind are not kept of a case. */
export const MOST_REMARKS = { tags: 200, notes: 500, pins: 500, ratings: 200 } as const;
/** Characters of a note or of a pin's text. */
export const LONGEST_NOTE = 4000;

const text = v.pipe(v.string(), v.maxLength(LONGEST_NOTE));

const remarksSchema = v.object({
  tags: v.pipe(
    v.array(v.object({ tag: id, title: id, method, at: time })),
    v.maxLength(MOST_REMARKS.tags),
  ),
  notes: v.pipe(v.array(v.object({ id, method, text, at: time })), v.maxLength(MOST_REMARKS.notes)),
  pins: v.pipe(
    v.array(v.object({ id, method, x: share, y: share, text, at: time })),
    v.maxLength(MOST_REMARKS.pins),
  ),
  ratings: v.pipe(
    v.array(
      v.object({
        method,
        /** 1 (worst) to 5 (best). */
        stars: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5)),
        at: time,
      }),
    ),
    v.maxLength(MOST_REMARKS.ratings),
  ),
});

/** Everything said of one case; part of workspace files and reports. */
export type Remarks = Readonly<{
  [Key in keyof v.InferOutput<typeof remarksSchema>]: readonly Readonly<
    v.InferOutput<typeof remarksSchema>[Key][number]
  >[];
}>;

export const NO_REMARKS: Remarks = { tags: [], notes: [], pins: [], ratings: [] };

/** Checks remarks from a file. The problem is where it lies and what it is. */
export function readRemarks(json: unknown): { remarks: Remarks } | { problem: string } {
  const read = v.safeParse(remarksSchema, json);
  if (read.success) return { remarks: read.output };
  const [issue] = read.issues;
  return { problem: `${v.getDotPath(issue) ?? 'the remarks'}: ${issue.message}` };
}
