import type { Database } from '@baton/bus';
import { overdueSeconds, timerCounts, type TimerCounts } from '@baton/timers';
import type { Clock } from './clock.js';
import type { Check } from './health.js';

/** A due timer fires within seconds; later than this, SLA clocks are running late. */
const MAX_OVERDUE_S = 60;
/** A few parked timers are faults of their subjects; this many are a fault of the service. */
const MAX_PARKED = 100;
/** Counting reads all waiting timers, so that it does not run for each probe. */
const SAMPLE_INTERVAL_MS = 10_000;

/** Fails when the oldest timer of a kind is overdue by more than a minute, or more than 100 of a kind are parked. */
export const timersCheck = (database: Database, clock: Clock): Check => {
  let counts: readonly TimerCounts[] = [];
  let sampledAt = -Infinity;
  return async () => {
    const startedAt = performance.now();
    if (startedAt - sampledAt > SAMPLE_INTERVAL_MS) {
      counts = await timerCounts(database);
      sampledAt = startedAt;
    }
    const now = clock.now();
    const detail = Object.fromEntries(counts.map((count) => [count.kind, figuresOf(count, now)]));
    return { reason: counts.map((count) => faultOf(count, now)).find(Boolean), detail };
  };
};

const figuresOf = (count: TimerCounts, now: Date): object => ({
  waiting: count.waiting,
  parked: count.parked,
  overdueSeconds: Math.round(overdueSeconds(count, now)),
});

const faultOf = (count: TimerCounts, now: Date): string | undefined => {
  const { kind, parked } = count;
  const overdue = overdueSeconds(count, now);
  if (overdue > MAX_OVERDUE_S) return `timers of kind ${kind} are overdue by ${Math.round(overdue)} s`;
  return parked > MAX_PARKED ? `${parked} timers of kind ${kind} failed and are parked` : undefined;
};
