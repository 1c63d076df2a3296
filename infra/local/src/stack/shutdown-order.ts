/** What must be stopped, by turns: the lower first, all of one turn together. */
export const turns = { simulator: 0, service: 1, server: 2 } as const;

interface Stoppable {
  stop(): Promise<void>;
}

/** Everything that was started, to be ended in order. */
export class Goodbye {
  private readonly started: { turn: number; it: Stoppable }[] = [];

  add<It extends Stoppable>(turn: keyof typeof turns, it: It): It {
    this.started.push({ turn: turns[turn], it });
    return it;
  }

  /** Ends all, also what is added meanwhile by a start that is under way. */
  async say(): Promise<void> {
    for (const turn of Object.values(turns)) {
      await Promise.allSettled(this.started.filter((one) => one.turn === turn).map(({ it }) => it.stop()));
    }
  }
}
