import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { collectNotices, formatNotices } from '../../scripts/lib/notices.mjs';

const PERMISSIVE = /^(MIT|ISC|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|MPL-2\.0)$/;

describe('third-party notices', () => {
  const notices = collectNotices();

  it('are those of the locked packages', () => {
    const names = notices.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['comlink', 'onnxruntime-web', 'solid-js']));
    expect(readFileSync('THIRD_PARTY_NOTICES.md', 'utf8')).toBe(formatNotices(notices));
  });

  it('include that of NIQE, whose parameters are in the tree', () => {
    expect(formatNotices([])).toContain('Copyright (c) 2011 The University of Texas at Austin');
  });

  it('hold permissive licences only', () => {
    expect(notices.filter(({ licence }) => !PERMISSIVE.test(licence))).toEqual([]);
  });
});
