import { metrics, type BatchObservableResult } from '@opentelemetry/api';
import { overdueSeconds, type TimerCounts } from './timer-counts.js';
import type { DueTimer } from './timer.js';

const MS_PER_SECOND = 1_000;
const meter = metrics.getMeter('@baton/timers');

const fired = meter.createCounter('baton_timers_fired', { description: 'Timers that fired, by kind.' });
const failed = meter.createCounter('baton_timers_failed', {
  description: 'Firings that failed; the timer was parked until its next attempt.',
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
const waiting = meter.createObservableGauge('baton_timers_waiting', {
  description: 'Timers that have not fired, parked ones included.',
});
const overdue = meter.createObservableGauge('baton_timers_overdue_seconds', {
  description: 'Age of the oldest due timer; 0 when none is due.',
  unit: 's',
});
const parked = meter.createObservableGauge('baton_timers_parked', {
  description: 'Timers whose last firing failed and that wait for their next attempt.',
});

/** Counts timers whose effects were committed at `now`. */
export const countFired = (kind: string, due: readonly DueTimer[], now: Date): void => {
  const attributes = { kind };
  fired.add(due.length, attributes);
  batch.record(due.length, attributes);
  for (const { dueAt } of due) lateness.record((now.getTime() - dueAt.getTime()) / MS_PER_SECOND, attributes);
};

/** Counts a firing that failed. */
export const countFailed = (kind: string): void => failed.add(1, { kind });

/** Reports the counts of each kind at every collection until the returned function is called. */
export const observeTimers = (
  read: () => { readonly counts: readonly TimerCounts[]; readonly now: Date },
): (() => void) => {
  const gauges = [waiting, overdue, parked];
  const observe = (result: BatchObservableResult): void => {
    const { counts, now } = read();
    for (const count of counts) {
      const attributes = { kind: count.kind };
      result.observe(waiting, count.waiting, attributes);
      result.observe(overdue, overdueSeconds(count, now), attributes);
      result.observe(parked, count.parked, attributes);
    }
  };
  meter.addBatchObservableCallback(observe, gauges);
  return () => meter.removeBatchObservableCallback(observe, gauges);
};
