/** Time source: inject it and pass `now()` to the rules; tests pass their own to `start`. */
export class Clock {
  now(): Date {
    return new Date();
  }
}
