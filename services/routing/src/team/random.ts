/** Random numbers for ties between sellers, injectable so that specs can decide. */
export class Random {
  /** From 0 inclusive to 1 exclusive. */
  next(): number {
    return Math.random();
  }
}
