import { CheckpointError } from './checkpointError.ts';
import type { Cursor } from './cursor.ts';
import { OPCODES } from './pickleOpcodes.ts';
import type { PickleNames, PickleValue } from './pickleValue.ts';

/** Instructions a pickle may have; the weights of the largest networks in use need fewer. */
const MOST_STEPS = 2_000_000;

const STOP = 0x2e;

/** The state of the pickle machine: what its instructions work on. */
export interface Machine {
  readonly cursor: Cursor;
  readonly names: PickleNames;
  readonly memo: Map<number, PickleValue>;
  push(value: PickleValue): void;
  pop(): PickleValue;
  /** The topmost value, which stays. */
  top(): PickleValue;
  /** Remembers where the stack stands now. */
  mark(): void;
  /** Everything above the last mark, which is forgotten. */
  popToMark(): PickleValue[];
}

function makeMachine(cursor: Cursor, names: PickleNames): Machine {
  const stack: PickleValue[] = [];
  const marks: number[] = [];
  const lowest = () => marks.at(-1) ?? 0;
  const top = () => {
    const value = stack.length > lowest() ? stack.at(-1) : undefined;
    if (value === undefined) throw new CheckpointError('its pickle is damaged (empty stack)');
    return value;
  };
  return {
    cursor,
    names,
    memo: new Map(),
    push: (value) => stack.push(value),
    top,
    pop() {
      const value = top();
      stack.pop();
      return value;
    },
    mark: () => marks.push(stack.length),
    popToMark() {
      const from = marks.pop();
      if (from === undefined) throw new CheckpointError('its pickle is damaged (no mark)');
      return stack.splice(from);
    },
  };
}

/**
 * Reads one pickle (protocols 2 to 5) as data: a stack machine of its own that builds lists, maps and
 * the values `names` allows. No code is looked up, none is run, and work is bounded by the bytes and
 * by 2,000,000 instructions.
 * Source of the instruction set: CPython's `Lib/pickletools.py`.
 * @throws {CheckpointError} for anything damaged, foreign or forbidden; `EndOfBytes` where bytes end
 */
export function readPickle(cursor: Cursor, names: PickleNames): PickleValue {
  const machine = makeMachine(cursor, names);
  for (let step = 0; step < MOST_STEPS; step++) {
    const code = cursor.byte();
    if (code === STOP) return machine.pop();
    const instruction = OPCODES.get(code);
    if (!instruction) {
      throw new CheckpointError(
        `its pickle has the instruction 0x${code.toString(16).padStart(2, '0')}, which weight files do not need`,
      );
    }
    instruction(machine);
  }
  throw new CheckpointError(`its pickle has more than ${MOST_STEPS} instructions`);
}
