/** Rows of a request. */
export const MAX_PATHS = 100_000;
/** Touches of one path. */
export const MAX_PATH_LENGTH = 1_000;
/** Touches of all paths of a request. */
export const MAX_TOUCHES = 2_000_000;
/** Distinct keys of a request. */
export const MAX_KEYS = 10_000;
export const MAX_KEY_LENGTH = 256;
/** Keys of a Markov chain of order 1: the matrix that is inverted has one row per key. */
export const MAX_MARKOV_KEYS = 1_000;
/** States of a Markov chain of order 2 or 3. */
export const MAX_MARKOV_STATES = 50_000;
/** Transitions followed for one answer of order 2 or 3: a few seconds of CPU time. */
export const MAX_MARKOV_STEPS = 1_000_000_000;
/** Sum of the conversions of a request, and of its nulls. In units of 0.000001 it is exact as a double. */
export const MAX_TOTAL_CONVERSIONS = 1_000_000_000;
/** Sum of the values of a request. In units of 0.001 it is exact as a double. */
export const MAX_TOTAL_VALUE = 1_000_000_000_000;
/** Violations reported for one request. */
export const MAX_VIOLATIONS = 100;
