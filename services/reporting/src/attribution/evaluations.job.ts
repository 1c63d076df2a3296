import type { Steps } from '@baton/attribution';
import { DomainError } from '@baton/platform';
import { Injectable } from '@nestjs/common';

/** Evaluations at a time in one process: each has up to about 100 MB in memory, and a connection for reads while it reads paths. */
const MAX_EVALUATIONS = 3;
const RETRY_AFTER_SECONDS = 2;
/** Time after which other requests and readers get their turn. */
const MAX_TURN_MS = 10;

/** Runs computations without blocking the event loop for longer than one of their steps and 10 ms, some at a time. */
@Injectable()
export class Evaluations {
  private running = 0;

  /** @throws DomainError `too-many` when others fill the process */
  async run<Result>(
    work: (turns: <Part>(steps: Steps<Part>) => Promise<Part>) => Promise<Result>,
  ): Promise<Result> {
    if (this.running === MAX_EVALUATIONS)
      throw new DomainError('too-many', `${MAX_EVALUATIONS} evaluations are running; try again.`, {
        retryAfter: RETRY_AFTER_SECONDS,
      });
    this.running += 1;
    try {
      return await work(inTurns);
    } finally {
      this.running -= 1;
    }
  }
}

const inTurns = async <Result>(steps: Steps<Result>): Promise<Result> => {
  for (let turn = performance.now(); ;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - turn < MAX_TURN_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    turn = performance.now();
  }
};
