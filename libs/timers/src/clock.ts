/** Where timers get the time from. The clock of libs/platform is one; specs bring their own. */
export interface Clock {
  now(): Date;
}
