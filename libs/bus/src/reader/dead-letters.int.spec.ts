import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { CountScores, leads, scored, TestBus } from '../bus.example.js';
import { InputFault } from './faults.js';

let bus: TestBus;
let handler: CountScores;
const [lead] = leads(1) as [string];

beforeEach(async () => {
  bus = await TestBus.of('routing');
  handler = new CountScores();
});
afterEach(() => bus.stop());

const states = async (): Promise<string[]> =>
  (await bus.admin.deadLetters({ limit: 50 })).map(({ state }) => state).reverse();
const ids = async (): Promise<string[]> => (await bus.admin.deadLetters({ limit: 50 })).map(({ id }) => id);

/** Handles versions 1 to 9 of a lead while the given ones cannot be handled. */
const withLetters = async (...broken: number[]): Promise<void> => {
  handler.fail = (batch) => {
    if (batch.some(({ sequence }) => broken.includes(sequence!))) throw new InputFault('not this one');
  };
  await bus.run({ handlers: [handler] });
  await bus.publish(scored(9, [lead]));
  await bus.untilRead(9);
  expect(await bus.total('dead_letters')).toBe(broken.length);
};

describe('a dead letter that is put back', () => {
  it('has its effect although later versions of its subject were handled, and is marked as redelivered', async () => {
    await withLetters(7);
    expect(await bus.handled(lead)).toEqual([1, 2, 3, 4, 5, 6, 8, 9]);
    handler.fail = () => undefined;
    await bus.admin.putBack(await ids());
    await eventually(async () => expect(await states()).toEqual(['done']));
    expect(await bus.handled(lead)).toEqual([1, 2, 3, 4, 5, 6, 8, 9, 7]);
    expect(await bus.query('select sequence from seen where late')).toEqual([{ sequence: 7 }]);
  });

  it('has it once, however often it is put back, by two processes as by one', async () => {
    await withLetters(7);
    handler.fail = () => undefined;
    await bus.run({ handlers: [handler] });
    const letters = await ids();
    await Promise.all(Array.from({ length: 5 }, () => bus.admin.putBack(letters)));
    await eventually(async () => expect(await states()).toEqual(['done']));
    expect(await bus.admin.putBack(letters)).toEqual([]);
    await bus.publish(scored(1, [lead], 10));
    await bus.untilRead(10);
    expect((await bus.handled(lead)).filter((sequence) => sequence === 7)).toEqual([7]);
  });

  it('is handled before later letters of the same subject', async () => {
    await withLetters(3, 7, 5);
    handler.fail = () => undefined;
    await bus.admin.putBack((await ids()).reverse());
    await eventually(async () => expect(await states()).toEqual(['done', 'done', 'done']));
    expect((await bus.handled(lead)).slice(-3)).toEqual([3, 5, 7]);
  });

  it('waits again, with its reason, when it still fails', async () => {
    await withLetters(7);
    await bus.admin.putBack(await ids());
    await eventually(async () =>
      expect(await bus.admin.deadLetters({ limit: 1 })).toEqual([
        expect.objectContaining({ state: 'waiting', tries: 2, reason: 'InputFault: not this one' }),
      ]),
    );
    expect(await bus.handled(lead)).not.toContain(7);
  });

  it('remembers its version when it was the newest', async () => {
    await withLetters(9);
    handler.fail = () => undefined;
    await bus.admin.putBack(await ids());
    await eventually(async () => expect(await states()).toEqual(['done']));
    await bus.publish(scored(9, [lead]));
    await bus.untilRead(18);
    expect((await bus.handled(lead)).filter((sequence) => sequence === 9)).toEqual([9]);
  });
});

describe('a dead letter', () => {
  it('that is waived is handled by nobody, until it is put back after all', async () => {
    await withLetters(7);
    handler.fail = () => undefined;
    expect(await bus.admin.waive(await ids())).toHaveLength(1);
    expect(await states()).toEqual(['waived']);
    await bus.admin.putBack(await ids());
    await eventually(async () => expect(await bus.handled(lead)).toContain(7));
  });

  it('is ended by a rewind that handles its message', async () => {
    await withLetters(9);
    handler.fail = () => undefined;
    await bus.admin.rewind('leads');
    await eventually(async () => expect(await states()).toEqual(['done']));
    expect(await bus.handled(lead)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});
