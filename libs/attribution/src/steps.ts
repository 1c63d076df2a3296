/**
 * A computation that can be interrupted: it yields after each part, which takes a few milliseconds, so that a server can answer others
 * in between.
 */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** Runs a computation to its end at once. */
export const finished = <Result>(steps: Steps<Result>): Result => {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
};

/** Touches that are looked at in one step. */
export const TOUCHES_PER_STEP = 25_000;

/** Adds up work and returns true whenever it comes to `amount`: time to yield. */
export const every = (amount: number): ((work: number) => boolean) => {
  let done = 0;
  return (work) => {
    done += work;
    if (done < amount) return false;
    done = 0;
    return true;
  };
};
