import type { Column } from './column.js';
import { featuresOf, partsOf, type Encoding } from './features.js';
import type { Model } from './model.js';
import { multiply } from './sparse-rows.js';

/** What one column, or one pair of columns, adds to the log odds of each row. */
export interface Contribution {
  /** One name, or the two of a pair. */
  readonly columns: readonly string[];
  readonly values: Float64Array;
}

/** Contributions of all columns; with the intercept they sum to the log odds. Those of a number and of its curve are one. */
export const contributionsOf = (model: Model, columns: readonly Column[], rows: number): Contribution[] => {
  const found = new Map<string, Contribution>();
  let offset = 1;
  for (const encoding of model.encodings) {
    const width = partsOf(encoding).length;
    const weights = Float64Array.from([0, ...model.weights.slice(offset, offset + width)]);
    offset += width;
    const values = new Float64Array(rows);
    multiply(featuresOf([encoding], columns, rows), weights, values);
    const names = namesOf(encoding);
    const before = found.get(names.join('\n'))?.values;
    const scaled = values.map((value, row) => model.calibration.slope * value + (before?.[row] ?? 0));
    found.set(names.join('\n'), { columns: names, values: scaled });
  }
  return [...found.values()];
};

const namesOf = (encoding: Encoding): string[] =>
  encoding.kind === 'pair' ? [encoding.first.name, encoding.second.name] : [encoding.name];
