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
