import { describe, expect, it } from '@jest/globals';
import { given, type Decider } from './given.js';

type Event = { type: 'added'; by: number };
type Command = { add: number };

class Refused extends Error {
  constructor(readonly code: string) {
    super(`refused: ${code}`);
  }
}

const counter: Decider<number, Command, Event> = {
  initial: 0,
  decide: ({ add }, total) => {
    if (add < 0) throw new Refused('negative');
    if (total + add > 10) return { code: 'too-many', total };
    return add === 0 ? [] : [{ type: 'added', by: add }];
  },
  evolve: (total, { by }) => total + by,
};

const added = (by: number): Event => ({ type: 'added', by });

describe('given, when, then', () => {
  it('compares the decided events', () => {
    given(counter, added(2)).when({ add: 3 }).then(added(3));
    given(counter).when({ add: 0 }).then();
    expect(given(counter, added(2)).when({ add: 3 }).state).toBe(5);
  });

  it('fails for other events, for none and for a refusal', () => {
    expect(() => given(counter).when({ add: 3 }).then(added(4))).toThrow();
    expect(() => given(counter).when({ add: 3 }).then()).toThrow();
    expect(() => given(counter).when({ add: -1 }).then()).toThrow('negative');
  });

  it('accepts refusals thrown and returned', () => {
    given(counter).when({ add: -1 }).thenRefused('negative');
    given(counter)
      .when({ add: -1 })
      .thenRefused(/refused: neg/);
    given(counter, added(9)).when({ add: 2 }).thenRefused('too-many');
    given(counter, added(9)).when({ add: 2 }).thenRefused({ total: 9 });
  });

  it('fails without a refusal and for another one', () => {
    expect(() => given(counter).when({ add: 1 }).thenRefused('negative')).toThrow();
    expect(() => given(counter, added(9)).when({ add: 2 }).thenRefused('negative')).toThrow();
  });
});
