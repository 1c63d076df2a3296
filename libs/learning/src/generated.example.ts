import type { Column } from './column.js';
import type { History } from './train.js';

/** Numbers in [0, 1) that depend on the seed only (mulberry32). */
export const randomOf = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Standard normal (Box and Muller 1958). */
export const normalOf = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

export const numberColumn = (name: string, values: ArrayLike<number>): Column => ({
  name,
  kind: 'number',
  values: Float64Array.from(values),
});

export const textColumn = (name: string, values: readonly (string | undefined)[]): Column => ({
  name,
  kind: 'text',
  values,
});

/** Rows of standard normal columns a, b, c … whose outcomes have the log odds `base + Σ weight × value`. */
export const generated = (
  rows: number,
  weights: readonly number[] | ((row: number) => readonly number[]),
  { seed = 1, base = -1 } = {},
): History => {
  const random = randomOf(seed);
  const weightsAt = typeof weights === 'function' ? weights : () => weights;
  const width = weightsAt(0).length;
  const values = Array.from({ length: width }, () => new Float64Array(rows));
  const outcomes = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) {
    let logOdds = base;
    values.forEach((column, i) => {
      column[row] = normalOf(random);
      logOdds += weightsAt(row)[i]! * column[row]!;
    });
    outcomes[row] = random() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0;
  }
  const columns = values.map((column, i) => numberColumn(String.fromCharCode(97 + i), column));
  return { columns, outcomes };
};
