import { eventually } from '@baton/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { gate } from '../spec/effects.js';
import type { Progress } from './timer-executor.js';
import { Lane, type Pace } from './kind-worker.js';

const NEVER = 3_600_000;

describe('Lane', () => {
  let lane: Lane;
  afterEach(() => lane.stop());

  const started = (batch: () => Promise<Progress>, next: Pace['next'], poll = NEVER): Lane => {
    const silent = { warn: () => undefined, error: () => undefined };
    lane = new Lane('wake', { batch }, { batch: 10, poll, now: () => new Date(), next }, silent);
    lane.start();
    return lane;
  };

  it('does not lose a wake-up that comes while it looks for the next timer', async () => {
    const [looking, looked] = [gate(), gate()];
    let [looks, fired] = [0, 0];
    const busy = started(
      () => Promise.resolve({ ended: (fired += 1), busy: 0 }),
      async () => {
        looking.open();
        await looked.opened;
        // Set after the first look had begun, so only later looks see it.
        return (looks += 1) > 1 && fired === 0 ? new Date(0) : undefined;
      },
    );
    await looking.opened;
    busy.wake(Date.now() + 5);
    looked.open();
    await eventually(() => expect(fired).toBeGreaterThan(0));
  });

  it('sleeps on when it hears of a timer later than the one it sleeps for', async () => {
    let looks = 0;
    const asleep = started(
      () => Promise.resolve({ ended: 0, busy: 0 }),
      () => {
        looks += 1;
        return Promise.resolve(new Date(Date.now() + NEVER / 2));
      },
    );
    await eventually(() => expect(looks).toBe(1));
    for (let n = 0; n < 100; n += 1) asleep.wake(Date.now() + NEVER);
    await new Promise(setImmediate);
    expect(looks).toBe(1);
  });
});
