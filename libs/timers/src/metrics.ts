import { metrics } from '@opentelemetry/api';
import type { DueTimer } from './timer.js';

const meter = metrics.getMeter('@baton/timers');

const fired = meter.createCounter('baton_timers_fired', { description: 'Timers that fired, by kind.' });
const parked = meter.createCounter('baton_timers_parked', {
  description: 'Firings that failed and were put off.',
});
const batch = meter.createHistogram('baton_timers_batch', {
  description: 'Timers fired in one transaction.',
});
const lateness = meter.createHistogram('baton_timers_lateness_seconds', {
  description: 'From the due instant to the committed effect.',
  unit: 's',
  advice: {
    explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600, 3600],
  },
});

/** Counts timers whose effects were committed at `now`. */
export const countFired = (kind: string, due: readonly DueTimer[], now: Date): void => {
  const of = { kind };
  fired.add(due.length, of);
  batch.record(due.length, of);
  for (const { dueAt } of due) lateness.record((now.getTime() - dueAt.getTime()) / 1000, of);
};

/** Counts a timer that was put off because its firing failed. */
export const countParked = (kind: string): void => parked.add(1, { kind });
