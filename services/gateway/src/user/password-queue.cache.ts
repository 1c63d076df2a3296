import { DomainError } from '@baton/platform';
import { Injectable } from '@nestjs/common';

/**
 * Max passwords hashed at a time: half of the threads that Node has for hashing, signing, files and names of hosts, so that
 * logins do not delay other requests or connections to the database.
 */
const MAX_RUNNING = 2;
/** Max passwords that wait, about three seconds of work; more are refused at once. */
const MAX_WAITING = 50;

/** Hashes of passwords, in the order of their requests. Per process. */
@Injectable()
export class PasswordQueue {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /**
   * Runs a hash when its turn comes.
   * @throws DomainError `too-many` when too many wait already
   */
  async inTurn<Result>(hash: () => Promise<Result>): Promise<Result> {
    await this.begin();
    try {
      return await hash();
    } finally {
      this.end();
    }
  }

  private async begin(): Promise<void> {
    if (this.running < MAX_RUNNING) {
      this.running += 1;
      return;
    }
    if (this.waiting.length >= MAX_WAITING)
      throw new DomainError('too-many', 'Too many people log in at the moment; try again.', {
        retryAfter: 3,
      });
    await new Promise<void>((begin) => this.waiting.push(begin));
  }

  /** The place of the one that ends passes to the first that waits. */
  private end(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.running -= 1;
  }
}
