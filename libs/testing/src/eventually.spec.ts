import { describe, expect, it } from '@jest/globals';
import { eventually } from './eventually.js';

describe('eventually', () => {
  it('returns the result of the first try that succeeds', async () => {
    let tries = 0;
    const result = await eventually(
      () => {
        tries += 1;
        expect(tries).toBe(3);
        return 'held';
      },
      { every: 1 },
    );
    expect(result).toBe('held');
    expect(tries).toBe(3);
  });

  it('fails with the message of the last try', async () => {
    let tries = 0;
    const never = eventually(
      () => {
        tries += 1;
        return Promise.reject(new Error(`try ${tries}`));
      },
      { within: 30, every: 5 },
    );
    await expect(never).rejects.toThrow(/not so within 30 ms: try \d/);
    const last = await never.catch((fault: Error) => fault.cause);
    expect(last).toEqual(new Error(`try ${tries}`));
  });

  it('does not wait for a try that does not end', async () => {
    const hanging = eventually(() => new Promise<never>(() => undefined), { within: 10, every: 1 });
    await expect(hanging).rejects.toThrow('a try hung');
  });
});
