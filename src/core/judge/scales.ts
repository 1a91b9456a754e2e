/** Ranges that people's scores are brought to by min-max before they are combined. */
export const SCALES = { '80-90': [80, 90], '0-100': [0, 100] } as const;
export type RaimScale = keyof typeof SCALES;
