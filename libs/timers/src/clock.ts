/** Time source of the timers; the clock of libs/platform satisfies it, specs pass their own. */
export interface Clock {
  now(): Date;
}
