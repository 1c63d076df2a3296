/** Pseudo-random numbers that a seed determines (mulberry32), so that a failure can be repeated. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** At least 0, less than 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.next() * items.length)]!;
  }

  /** At most `count` of the items, in random order. */
  sample<Item>(items: readonly Item[], count: number): Item[] {
    const rest = [...items];
    for (let at = 0; at < Math.min(count, rest.length); at += 1) {
      const other = at + Math.floor(this.next() * (rest.length - at));
      [rest[at], rest[other]] = [rest[other]!, rest[at]!];
    }
    return rest.slice(0, count);
  }
}
