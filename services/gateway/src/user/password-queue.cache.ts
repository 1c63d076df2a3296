import { availableParallelism } from 'node:os';
import { DomainError } from '@baton/platform';
import { Injectable } from '@nestjs/common';

/**
 * Max passwords hashed at a time: half of the threads that Node has for hashing, files and names of hosts, and one processor less
 * than there are, so that logins do not delay other requests or connections to the database.
 */
const MAX_RUNNING = Math.max(1, Math.min(2, availableParallelism() - 1));
/** Max passwords that wait, three to seven seconds of work on an idle machine; more are refused at once. */
const MAX_WAITING = 50;
/** Max time a password waits: on a busy machine the requests would otherwise end at the limits of clients and proxies. */
const MAX_WAIT_MS = 10_000;

/** Hashes of passwords, in the order of their requests. Per process. */
@Injectable()
export class PasswordQueue {
  protected readonly maxRunning: number = MAX_RUNNING;
  /** Milliseconds; shorter in specs. */
  protected readonly maxWaitMs: number = MAX_WAIT_MS;
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /**
   * Runs a hash when its turn comes.
   * @throws DomainError `too-many` when too many wait already, or its turn did not come in time
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
    if (this.running < this.maxRunning) {
      this.running += 1;
      return;
    }
    if (this.waiting.length >= MAX_WAITING) throw tooMany();
    await new Promise<void>((resolve, reject) => {
      const begin = (): void => {
        clearTimeout(late);
        resolve();
      };
      const late = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(begin), 1);
        reject(tooMany());
      }, this.maxWaitMs);
      this.waiting.push(begin);
    });
  }

  /** The place of the one that ends passes to the first that waits. */
  private end(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.running -= 1;
  }
}

const tooMany = (): DomainError =>
  new DomainError('too-many', 'Too many people log in at the moment; try again.', { retryAfter: 3 });
