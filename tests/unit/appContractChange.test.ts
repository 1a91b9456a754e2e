import { describe, expect, it } from 'vitest';
import { changedContract, guessesAfter } from '../../src/app/contractChange.ts';
import type { MaskInput, ModelContract } from '../../src/app/model.ts';
import type { ContractGuess } from '../../src/protocol/models.ts';
import { CONTRACT, FACTS } from '../helpers/appMethods.ts';

const port = (name: string, channels: number) => ({
  name,
  element: 'float16',
  dims: [1, channels, 'h', 'w'],
});
const withInputs = (...channels: readonly number[]) => ({
  ...FACTS,
  inputs: channels.map((count, i) => port('xyz'[i] ?? '', count)),
});
const seeing = (mask: MaskInput): ModelContract => ({ ...CONTRACT, mask });
const apart = { kind: 'tensor', name: 'y', layout: 'NCHW', element: 'float16' } as const;

describe('a change to how the mask is given', () => {
  it('leaves it out: ones take its place, since what a network takes has to be filled', () => {
    const change = (mask: MaskInput) => changedContract(seeing(mask), FACTS, { mask: 'none' }).mask;
    expect(change({ kind: 'channel' })).toEqual({ kind: 'channel', ones: true });
    expect(change(apart)).toEqual({ ...apart, ones: true });
    expect(changedContract(CONTRACT, FACTS, { mask: 'none' }).mask).toBeNull();
  });

  it('brings it back', () => {
    const ones = seeing({ ...apart, copies: 3, ones: true });
    expect(changedContract(ones, withInputs(3, 3), { mask: 'tensor' }).mask).toEqual({
      ...apart,
      copies: 3,
    });
    expect(changedContract(ones, withInputs(3, 1), { mask: 'tensor' }).mask).toEqual(apart);
    const channel = seeing({ kind: 'channel', ones: true });
    expect(changedContract(channel, FACTS, { mask: 'channel' }).mask).toEqual({ kind: 'channel' });
  });

  it('exchanges it with the picture where two inputs are alike', () => {
    const two = seeing({ ...apart, copies: 3 });
    const exchanged = changedContract(two, FACTS, { picture: 'y' });
    expect(exchanged.input).toEqual({ ...CONTRACT.input, name: 'y' });
    expect(exchanged.mask).toEqual({ ...apart, copies: 3, name: 'x' });
    expect(changedContract(exchanged, FACTS, { picture: 'x' })).toEqual(two);
    expect(changedContract(two, FACTS, { picture: 'nothing' })).toEqual(two);
  });

  it('is the user’s word: no guess any more', () => {
    const guess = (property: ContractGuess['property']): ContractGuess => ({
      property,
      known: 'guess',
      reason: 'Because.',
    });
    const guesses = [guess('mask'), guess('channels'), guess('tile')];
    expect(guessesAfter(guesses, { picture: 'y' })).toEqual([guess('channels'), guess('tile')]);
    expect(guessesAfter(guesses, { mask: 'none', whole: true })).toEqual([guess('channels')]);
  });
});
