import { describe, expect, it } from 'vitest';
import { addressOf, DOORS, placeOf } from '../../src/ui/doors.ts';

describe('addresses of the doors', () => {
  it('finds every door again from its own address', () => {
    for (const { id } of DOORS) expect(placeOf(addressOf(id))).toEqual({ door: id, item: null });
  });

  it('keeps what lies open behind a door, whatever it is called', () => {
    for (const item of ['flash-s', 'user/my model', 'a%2Fb#c', 'Größe 2']) {
      expect(placeOf(addressOf('models', item))).toEqual({ door: 'models', item });
    }
  });

  it.each(['', '#', '#/', '#/nowhere', '#/nowhere/else', '#models', 'models'])(
    'leads from %j to Look',
    (hash) => {
      expect(placeOf(hash)).toEqual({ door: 'look', item: null });
    },
  );

  it('opens the door alone where the rest cannot be read', () => {
    expect(placeOf('#/models/')).toEqual({ door: 'models', item: null });
    expect(placeOf('#/models/%E0%A4%A')).toEqual({ door: 'models', item: null });
  });

  it('has one path for each door', () => {
    expect(new Set(DOORS.map(({ path }) => path)).size).toBe(DOORS.length);
  });
});
