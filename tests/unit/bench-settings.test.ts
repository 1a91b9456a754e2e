import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, readSettings, storedSettings } from '../../src/app/bench/settings.ts';

const KEPT = {
  ...DEFAULT_SETTINGS,
  corrections: { 'set/a.png': { excluded: true }, 'set/b.png': { caseId: '002' } },
  hidden: ['net_b'],
  metricSet: 'all',
  shifts: { '001': { net_a: { dx: 1, dy: -2, of: 'files' } } },
  worstCases: 3,
  runs: {
    net_a: {
      title: 'Net A',
      sha256: null,
      provider: 'wasm',
      adapter: null,
      parameters: 1,
      macs720p: null,
      secondsPerMegapixel: 2,
    },
  },
} as const;

const stored = (): Record<string, unknown> => structuredClone({ ...storedSettings(KEPT) });

describe('stored settings of the bench', () => {
  it('are read as they were kept', () => {
    expect(readSettings(stored())).toEqual(KEPT);
  });

  it('are the default where there are none', () => {
    expect(readSettings(undefined)).toEqual(DEFAULT_SETTINGS);
    expect(readSettings({})).toEqual(DEFAULT_SETTINGS);
  });

  it.each([
    ['corrections', 7, DEFAULT_SETTINGS.corrections],
    ['hidden', ['net_b', 7], DEFAULT_SETTINGS.hidden],
    ['metricSet', 'more', DEFAULT_SETTINGS.metricSet],
    ['learned', [{}], DEFAULT_SETTINGS.learned],
    ['formula', { parts: [] }, DEFAULT_SETTINGS.formula],
    ['worstCases', 1.5, DEFAULT_SETTINGS.worstCases],
    ['running', 7, DEFAULT_SETTINGS.running],
  ])('lose %s alone where that cannot be read', (field, damaged, expected) => {
    const read = readSettings({ ...stored(), [field]: damaged });
    expect(read).toEqual({ ...KEPT, [field]: expected });
  });

  it('lose an entry alone where that cannot be read', () => {
    const far = { dx: 70_000, dy: 0, of: 'files' };
    const read = readSettings({
      ...stored(),
      corrections: { ...KEPT.corrections, 'set/c.png': { excluded: 'perhaps' } },
      shifts: { '001': { ...KEPT.shifts['001'], net_b: far } },
      runs: { ...KEPT.runs, net_b: {} },
    });
    expect(read).toEqual(KEPT);
  });
});
