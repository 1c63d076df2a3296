import { describe, expect, it } from '@jest/globals';
import { LoginAttempts } from './login-attempts.cache.js';

const MINUTE = 60_000;
const attemptsAt = (clock: { at: number }): LoginAttempts =>
  new LoginAttempts({ now: () => new Date(clock.at) });
const tries = (attempts: LoginAttempts, times: number, address: string, email: string): void => {
  for (let n = 0; n < times; n += 1) attempts.begin(address, email);
};

describe('logging in', () => {
  it('is refused after ten failures of one address for one account, until the window has passed', () => {
    const clock = { at: 0 };
    const attempts = attemptsAt(clock);
    tries(attempts, 10, 'a', 'ada');
    clock.at = 5 * MINUTE;
    expect(() => attempts.begin('a', 'ada')).toThrow(
      expect.objectContaining({ code: 'too-many', extra: { retryAfter: 600 } }),
    );
    clock.at = 15 * MINUTE;
    expect(() => attempts.begin('a', 'ada')).not.toThrow();
  });

  it('is not refused at another address, nor for another account', () => {
    const attempts = attemptsAt({ at: 0 });
    tries(attempts, 10, 'a', 'ada');
    expect(() => attempts.begin('b', 'ada')).not.toThrow();
    expect(() => attempts.begin('a', 'sam')).not.toThrow();
  });

  it('counts from zero after the right password', () => {
    const attempts = attemptsAt({ at: 0 });
    tries(attempts, 9, 'a', 'ada');
    attempts.succeeded('a', 'ada');
    expect(() => tries(attempts, 10, 'a', 'ada')).not.toThrow();
  });

  it('is refused for an address that tries a list of accounts', () => {
    const attempts = attemptsAt({ at: 0 });
    for (let n = 0; n < 300; n += 1) attempts.begin('a', `somebody${n}`);
    expect(() => attempts.begin('a', 'one more')).toThrow(expect.objectContaining({ code: 'too-many' }));
  });
});
