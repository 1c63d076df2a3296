import { Clock, DomainError } from '@baton/platform';
import { Injectable } from '@nestjs/common';

/** Max wrong passwords in a row from one address for one account. */
const MAX_FAILURES = 10;
/** Max tries of one address for all accounts: limits guessing with a list of accounts, and the CPU time of hashing. */
const MAX_TRIES = 300;
const WINDOW_MS = 15 * 60 * 1_000;
const MAX_COUNTS = 20_000;

interface Count {
  count: number;
  readonly until: number;
}

/** Limits guesses of passwords. Counts are kept in memory, per process. */
@Injectable()
export class LoginAttempts {
  private readonly counts = new Map<string, Count>();

  constructor(private readonly clock: Clock) {}

  /**
   * Call before a password is checked: concurrent tries must not all pass before the first has failed.
   * @throws DomainError `too-many` with the seconds to wait
   */
  begin(address: string, email: string): void {
    const keys: [string, number][] = [
      [`${address} ${email}`, MAX_FAILURES],
      [address, MAX_TRIES],
    ];
    const now = this.clock.now().getTime();
    for (const [key, max] of keys) {
      const known = this.counts.get(key);
      if (known && known.until > now && known.count >= max) throw tooMany(known.until - now);
    }
    keys.forEach(([key]) => this.add(key, now));
  }

  /** The password was right: earlier failures of the pair and this try no longer count. */
  succeeded(address: string, email: string): void {
    this.counts.delete(`${address} ${email}`);
    const tries = this.counts.get(address);
    if (tries) tries.count -= 1;
  }

  private add(key: string, now: number): void {
    const known = this.counts.get(key);
    if (known && known.until > now) known.count += 1;
    else this.counts.set(key, { count: 1, until: now + WINDOW_MS });
    if (this.counts.size > MAX_COUNTS) this.evict(now);
  }

  private evict(now: number): void {
    for (const [key, { until }] of this.counts) {
      if (until <= now || this.counts.size > MAX_COUNTS) this.counts.delete(key);
    }
  }
}

const tooMany = (ms: number): DomainError =>
  new DomainError('too-many', 'Too many tries to log in; try again later.', {
    retryAfter: Math.ceil(ms / 1_000),
  });
