import type { CaseView, PictureView } from '../../src/app/model.ts';

/** A picture that is known by its name alone. */
export const pictureNamed = (name: string): PictureView => ({
  sha256: name,
  name,
  bytes: 1,
  width: 8,
  height: 8,
  format: 'png',
  bitDepth: 8,
  exact: true,
  profileName: null,
  bitmap: null,
});

/** A case as it stands before anything came into it. */
export const EMPTY_CASE: CaseView = {
  id: '1',
  title: '001',
  input: null,
  gt: null,
  mask: null,
  methods: [],
  shownMethod: null,
  output: null,
  overlay: null,
  metrics: { status: 'no-reference' },
  regionMasks: {},
  rectangle: null,
  benchCase: null,
  more: { status: 'done' },
  niqe: { input: null, output: null, gt: null },
  learned: [],
  errorMap: null,
  thumbnailUrl: null,
  lighting: null,
  restoring: false,
  strength: 100,
  wantedStrength: null,
  strengthApplies: false,
  preview: null,
  alignment: { status: 'unknown' },
  shift: null,
  hints: { status: 'none' },
};
