import { eventually } from '@baton/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { gate } from '../spec/effects.js';
import type { BatchResult } from './timer-executor.js';
import { KindWorker, type WorkerOptions } from './kind-worker.js';

const NEVER = 3_600_000;

describe('KindWorker', () => {
  let worker: KindWorker;
  afterEach(() => worker.stop());

  const started = (executeBatch: () => Promise<BatchResult>, next: WorkerOptions['next']): KindWorker => {
    const silent = { warn: () => undefined, error: () => undefined };
    const options = { batchSize: 10, pollMs: NEVER, now: () => new Date(), next };
    worker = new KindWorker('wake', { executeBatch }, options, silent);
    worker.start();
    return worker;
  };

  it('does not lose a notification that arrives while it queries for the next timer', async () => {
    const queryStarted = gate();
    const queryReleased = gate();
    let queries = 0;
    let fired = 0;
    const busy = started(
      () => Promise.resolve({ ended: (fired += 1), busy: 0 }),
      async () => {
        queryStarted.open();
        await queryReleased.opened;
        // The timer is scheduled after the first query began, so only later queries see it.
        return (queries += 1) > 1 && fired === 0 ? new Date(0) : undefined;
      },
    );
    await queryStarted.opened;
    busy.wake(Date.now() + 5);
    queryReleased.open();
    await eventually(() => expect(fired).toBeGreaterThan(0));
  });

  it('stays asleep when a timer later than the next one is scheduled', async () => {
    let queries = 0;
    const asleep = started(
      () => Promise.resolve({ ended: 0, busy: 0 }),
      () => {
        queries += 1;
        return Promise.resolve(new Date(Date.now() + NEVER / 2));
      },
    );
    await eventually(() => expect(queries).toBe(1));
    for (let n = 0; n < 100; n += 1) asleep.wake(Date.now() + NEVER);
    await new Promise(setImmediate);
    expect(queries).toBe(1);
  });
});
