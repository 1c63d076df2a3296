/** The time, as an argument: inject it, pass `now()` on to the rules; a test gives another to `start`. */
export class Clock {
  now(): Date {
    return new Date();
  }
}
