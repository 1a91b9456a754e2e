// What is photographed: one entry per sample, with the exposures of its two pictures.

const size = { width: 768, height: 1024 };
const credit = 'Rendered by Loupe (scripts/samples)';

/** @type {readonly { id: string, title: string, credit: string, width: number, height: number,
 *   bright: import('./camera.mjs').Exposure, dim: import('./camera.mjs').Shot }[]} */
export const samples = [
  {
    id: 'study',
    title: 'Evening among books',
    credit,
    ...size,
    bright: { soft: 1, bare: 0, lamps: 0.62, window: 0.6 },
    dim: {
      exposure: { soft: 0, bare: 0.15, lamps: 0.06, window: 0.05 },
      gain: 1.5,
      blur: 0.7,
      shot: 0.0012,
      read: 0.004,
      seed: 11,
    },
  },
  {
    id: 'cafe',
    title: 'Café at blue hour',
    credit,
    ...size,
    bright: { soft: 1, bare: 0, lamps: 0.6, window: 0.75 },
    dim: {
      exposure: { soft: 0, bare: 0.11, lamps: 0.055, window: 0.06 },
      gain: 1.7,
      blur: 0.8,
      shot: 0.0015,
      read: 0.0045,
      seed: 12,
    },
  },
  {
    id: 'loft',
    title: 'Sunset in the loft',
    credit,
    ...size,
    bright: { soft: 1, bare: 0, lamps: 0.6, window: 0.7 },
    dim: {
      exposure: { soft: 0, bare: 0.19, lamps: 0.05, window: 0.06 },
      gain: 1.3,
      blur: 0.7,
      shot: 0.0013,
      read: 0.004,
      seed: 13,
    },
  },
  {
    id: 'studio',
    title: 'Record night',
    credit,
    ...size,
    bright: { soft: 1, bare: 0, lamps: 0.6, window: 0.6 },
    dim: {
      exposure: { soft: 0, bare: 0.2, lamps: 0.06, window: 0.05 },
      gain: 1.9,
      blur: 0.8,
      shot: 0.0014,
      read: 0.0045,
      seed: 14,
    },
  },
];
