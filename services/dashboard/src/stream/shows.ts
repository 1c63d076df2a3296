type Follower = (names: readonly string[]) => void;

/** A report that the stream brought is brought again within 15 s; after longer the stream does not bring it. */
const MAX_AGE_MS = 40_000;

/** A page that loads changes several, one after the other, ms. */
const SETTLED_MS = 100;

/** The reports that this tab shows, by name, and when the stream brought each last. */
export class Shows {
  readonly #counts = new Map<string, number>();
  readonly #broughtAt = new Map<string, number>();
  #follower: Follower | undefined;
  #telling: ReturnType<typeof setTimeout> | undefined;

  /** @returns how to take it back */
  add(name: string): () => void {
    this.#change(name, 1);
    return () => this.#change(name, -1);
  }

  get names(): string[] {
    return [...this.#counts.keys()];
  }

  /** Tells the follower the names now and after each change. @returns how to end it */
  follow(follower: Follower): () => void {
    this.#follower = follower;
    follower(this.names);
    return () => {
      this.#follower = undefined;
      clearTimeout(this.#telling);
    };
  }

  /** `now` in ms of a clock that never goes back. */
  brought(name: string, now: number): void {
    this.#broughtAt.set(name, now);
  }

  /** What is shown and has to be fetched, because the stream does not bring it: another tab has it, and shows other reports. */
  notBrought(now: number): string[] {
    return this.names.filter((name) => now - (this.#broughtAt.get(name) ?? -Infinity) > MAX_AGE_MS);
  }

  #change(name: string, by: number): void {
    const count = (this.#counts.get(name) ?? 0) + by;
    if (count > 0) this.#counts.set(name, count);
    else this.#counts.delete(name);
    // Each change opens the stream anew.
    clearTimeout(this.#telling);
    this.#telling = setTimeout(() => this.#follower?.(this.names), SETTLED_MS);
  }
}
