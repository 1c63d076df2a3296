/** What decides between sellers who are level; injected, so that a test can decide. */
export class Chance {
  next(): number {
    return Math.random();
  }
}
