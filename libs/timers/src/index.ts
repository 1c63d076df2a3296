export type { Clock } from './clock.js';
export * from './timer.js';
export { overdueSeconds, timerCounts, type TimerCounts } from './timer-counts.js';
export * from './timer-loop.js';
export * from './timers.js';
export * from './timers.migration.js';
