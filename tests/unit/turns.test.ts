import { describe, expect, it } from 'vitest';
import { report } from '../../src/app/report.ts';
import { Turns } from '../../src/app/turns.ts';
import { BadInput } from '../../src/core/badInput.ts';

const later = () => new Promise<void>((resolve) => setTimeout(resolve, 1));

function setUp(opened?: Promise<void>) {
  const errors: unknown[] = [];
  const turns = new Turns(Promise.resolve('here'), (error) => errors.push(error), opened);
  return { turns, errors };
}

describe('what the page asks for', () => {
  it('runs one after another in turn, and a failure stops nothing', async () => {
    const { turns, errors } = setUp();
    const seen: string[] = [];
    turns.inTurn(async (context) => {
      await later();
      seen.push(context);
      throw new Error('first');
    });
    turns.inTurn(async () => {
      seen.push('second');
    });
    expect(turns.isIdle).toBe(false);
    await turns.idle();
    expect(seen).toEqual(['here', 'second']);
    expect(errors).toEqual([new Error('first')]);
    expect(turns.isIdle).toBe(true);
  });

  it('waits for what comes before the first turn, and only in turn', async () => {
    let open = () => {};
    const { turns } = setUp(
      new Promise((resolve) => {
        open = resolve;
      }),
    );
    const seen: string[] = [];
    const turn = turns.inTurn(async () => {
      seen.push('in turn');
    });
    await turns.now(async () => {
      seen.push('beside');
      open();
    });
    await turn;
    expect(seen).toEqual(['beside', 'in turn']);
  });

  it('answers what the work answers, or the other thing where it fails', async () => {
    const { turns, errors } = setUp();
    expect(await turns.answered(async () => 2, 0)).toBe(2);
    expect(await turns.answered(() => Promise.reject(new BadInput('No.')), 0)).toBe(0);
    expect(errors).toHaveLength(1);
  });

  it('says it where what it works on never came', async () => {
    const errors: unknown[] = [];
    const turns = new Turns(Promise.reject(new Error('gone')), (error) => errors.push(error));
    await turns.now(async () => undefined);
    expect(errors).toEqual([new Error('gone')]);
  });
});

it('bad input is said as it is, a bug as one', () => {
  const said: string[] = [];
  const store = { notify: (_: string, text: string) => String(said.push(text)) };
  report(store, new BadInput('a.jpg is empty.'));
  expect(said).toEqual(['a.jpg is empty.']);
  const { error } = console;
  console.error = () => {};
  report(store, new Error('x is undefined'));
  console.error = error;
  expect(said[1]).toContain('x is undefined');
  expect(said[1]).toContain('Reload');
});
