import { describe, expect, it } from 'vitest';
import { numberIn, readTable, writeTable } from '../../src/core/text/csv.ts';
import { fixed, pythonFloat } from '../../src/core/text/decimals.ts';

describe('numbers as Python prints them', () => {
  it.each([
    [0.0078125, 6, '0.007812'],
    [0.0234375, 6, '0.023438'],
    [2.5, 0, '2'],
    [3.5, 0, '4'],
    [0.03125, 4, '0.0312'],
    [-0.0078125, 6, '-0.007812'],
    [42.78370703508987, 6, '42.783707'],
    [100, 6, '100.000000'],
  ])('%f with %i decimals is %s', (value, digits, text) => {
    expect(fixed(value, digits)).toBe(text);
  });

  it.each([
    [1, '1.0'],
    [0, '0.0'],
    [0.1, '0.1'],
    [88.93706393544474, '88.93706393544474'],
    [0.0001, '0.0001'],
    [0.00001234, '1.234e-05'],
    [1e-7, '1e-07'],
    [1e16, '1e+16'],
    [123456789012345, '123456789012345.0'],
  ])('%f is %s in JSON', (value, text) => {
    expect(pythonFloat(value)).toBe(text);
    expect(JSON.parse(text)).toBe(value);
  });
});

describe('tables', () => {
  it('are read with quotes, any line end and empty lines', () => {
    const text = '\uFEFFTeam,"a ""b"""\r\n"x, y",1\n\nz,\n';
    expect(readTable(text, 't')).toEqual({
      header: ['Team', 'a "b"'],
      rows: [
        ['x, y', '1'],
        ['z', ''],
      ],
    });
  });

  it('are written so that they are read again', () => {
    const lines = [
      ['Team', 'a "b"'],
      ['x, y', ''],
      ['two\nlines', '1'],
    ];
    const { header, rows } = readTable(writeTable(lines), 't');
    expect([header, ...rows]).toEqual(lines);
  });

  it.each([
    ['', null],
    ['N/A', null],
    ['-1.5e2', -150],
    ['.5', 0.5],
  ])('hold %j as %s', (cell, value) => {
    expect(numberIn(cell, 'column', 'row', 't')).toBe(value);
  });

  it.each(['x', '1,5', 'Infinity', 'NaN', '0x'])('do not take %s for a number', (cell) => {
    expect(() => numberIn(cell, 'A', 'r', 't')).toThrow(`A of r in t is “${cell}”`);
  });
});
