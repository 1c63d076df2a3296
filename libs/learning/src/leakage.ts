import { isNumeric, type Column } from './column.js';
import { aucOf } from './metrics.js';
import { quantile } from './number-encoding.js';

export interface Leak {
  readonly kind: 'equal' | 'too-strong' | 'filled-after' | 'measured-after';
  readonly reason: string;
}

/**
 * AUC of one column alone from which it is taken for a consequence of the outcome. Numbers that are known before separate better than
 * texts (the balance of an account predicts its default with 0.95), hence their higher limit. A column whose name speaks of a result is
 * suspected earlier, the duration of a call even more so: it is known when the call ended.
 */
const MAX_AUC = { number: 0.97, text: 0.93, result: 0.85, duration: 0.75 } as const;
const EQUAL_AUC = 0.998;
/** AUC from which a person is asked to look at a column that is used. */
const SUSPICIOUS_AUC = 0.9;
const RESULT_NAME =
  /(^|[^a-z])(lost|closed?|closing|won|reject\w*|disqualif\w*|cancel\w*|churn\w*|reasons?|deals?|invoices?|revenue|signed|outcome|result|verdict|disposition|resolution|stage|status|tags?|quality)([^a-z]|$)/i;
const DURATION_NAME =
  /^duration(_?(s|sec|secs|seconds|min|mins|minutes|ms))?$|(call|talk|conversation|contact|meeting)s?.*(duration|length|time|seconds|minutes)/i;
/**
 * Share of the rows with an outcome that are filled when only they are. Below it an honest column looks the same: an unsubscribed
 * address or a student never buys.
 */
const MIN_COVERAGE = { positive: 0.25, negative: 0.5 } as const;
/** Rows of the other outcome that chance would put among those that have none. */
const MIN_EXPECTED = 10;
const MAX_EXCEPTIONS = 0.02;

/** Whether a column is a consequence of the outcome, with the reason as a clause. */
export const leakOf = (column: Column, outcomes: Float64Array): Leak | undefined =>
  filledAfter(column, outcomes) ?? tooStrong(column, strengthOf(column, outcomes));

const tooStrong = (column: Column, auc: number): Leak | undefined => {
  const figure = `alone it predicts the outcome with AUC ${auc.toFixed(3)}`;
  if (auc >= EQUAL_AUC) return { kind: 'equal', reason: `says the outcome itself: ${figure}` };
  if (isNumeric(column) && DURATION_NAME.test(column.name) && auc >= MAX_AUC.duration)
    return { kind: 'measured-after', reason: `is known only when the contact is over: ${figure}` };
  if (auc >= MAX_AUC[isNumeric(column) ? 'number' : 'text'])
    return { kind: 'too-strong', reason: `predicts too well to be known before: ${figure}` };
  if (RESULT_NAME.test(column.name) && auc >= MAX_AUC.result)
    return { kind: 'too-strong', reason: `is named as a result and predicts as one: ${figure}` };
  return undefined;
};

export interface Suspicion {
  readonly column: string;
  readonly auc: number;
}

/** Columns that are used but predict the outcome very well alone. */
export const suspiciousOf = (columns: readonly Column[], outcomes: Float64Array): Suspicion[] =>
  columns
    .map((column) => ({ column: column.name, auc: strengthOf(column, outcomes) }))
    .filter(({ auc }) => auc >= SUSPICIOUS_AUC);

/** A column that is filled, or an amount that is other than zero, with one outcome only. */
const filledAfter = (column: Column, outcomes: Float64Array): Leak | undefined => {
  const filled = flagsOf(column, (value) => value !== undefined && !Number.isNaN(value));
  const negatives = outcomes.map((outcome) => 1 - outcome);
  for (const [name, labels, coverage] of [
    ['positive', outcomes, MIN_COVERAGE.positive],
    ['negative', negatives, MIN_COVERAGE.negative],
  ] as const) {
    const rows = rowsOfOne(filled, labels, coverage);
    if (rows)
      return {
        kind: 'filled-after',
        reason: `is filled only when the outcome is ${name} (${rows}): known only afterwards`,
      };
  }
  if (!isNumeric(column) || new Set(column.values).size <= 3) return undefined;
  const other = flagsOf(column, (value) => !Number.isNaN(value) && value !== 0);
  const rows = rowsOfOne(other, outcomes, MIN_COVERAGE.positive);
  return rows === undefined
    ? undefined
    : {
        kind: 'filled-after',
        reason: `is other than zero only when the outcome is positive (${rows}): known only afterwards`,
      };
};

const flagsOf = (column: Column, test: (value: string | number | undefined) => boolean): boolean[] =>
  Array.from(column.values as ArrayLike<string | number | undefined>, test);

/** `300 of 301 rows` when those of the flag have label 1, but for exceptions, while chance would give them other ones. */
const rowsOfOne = (flags: readonly boolean[], labels: Float64Array, coverage: number): string | undefined => {
  const all = labels.reduce((sum, label) => sum + label, 0);
  const flagged = flags.filter(Boolean).length;
  const inside = flags.reduce((sum, flag, row) => sum + (flag ? labels[row]! : 0), 0);
  const expected = (flagged * (labels.length - all)) / labels.length;
  const isPure = expected >= MIN_EXPECTED && flagged - inside <= MAX_EXCEPTIONS * expected;
  return isPure && inside >= coverage * all ? `${inside} of ${flagged} rows` : undefined;
};

/**
 * AUC of one column alone, at least 0.5: the larger of that of its order and that of the share of positives of its values. The shares
 * come from the other half of the rows, so that rare values, each with one outcome, do not look strong.
 */
export const strengthOf = (column: Column, outcomes: Float64Array): number =>
  Math.max(orderStrength(column, outcomes), shareStrength(column, outcomes));

const orderStrength = (column: Column, outcomes: Float64Array): number => {
  if (!isNumeric(column)) return 0.5;
  const known = [...column.values.keys()].filter((row) => !Number.isNaN(column.values[row]));
  if (known.length < outcomes.length / 2) return 0.5;
  const auc = aucOf({
    probabilities: Float64Array.from(known, (row) => column.values[row]!),
    outcomes: Float64Array.from(known, (row) => outcomes[row]!),
  });
  return auc === undefined ? 0.5 : Math.max(auc, 1 - auc);
};

const shareStrength = (column: Column, outcomes: Float64Array): number => {
  const keys = keysOf(column);
  const half = outcomes.length >> 1;
  const scores = new Float64Array(outcomes.length);
  const judged = [
    [0, half],
    [half, outcomes.length],
  ].map(([from, to]) => {
    const shares = sharesOutside(keys, outcomes, from!, to!);
    for (let row = from!; row < to!; row += 1) scores[row] = shares(keys[row]!);
    return aucOf({ probabilities: scores.subarray(from, to), outcomes: outcomes.subarray(from, to) }) ?? 0.5;
  });
  return Math.max(0.5, (judged[0]! + judged[1]!) / 2);
};

/** Share of positives by key in the rows that are not between `from` and `to`, drawn to that of all by two rows. */
const sharesOutside = (
  keys: readonly string[],
  outcomes: Float64Array,
  from: number,
  to: number,
): ((key: string) => number) => {
  const counts = new Map<string, { rows: number; positives: number }>();
  let [rows, positives] = [0, 0];
  keys.forEach((key, row) => {
    if (row >= from && row < to) return;
    const count = counts.get(key) ?? { rows: 0, positives: 0 };
    count.rows += 1;
    count.positives += outcomes[row]!;
    counts.set(key, count);
    rows += 1;
    positives += outcomes[row]!;
  });
  const all = positives / Math.max(1, rows);
  return (key) => {
    const count = counts.get(key) ?? { rows: 0, positives: 0 };
    return (count.positives + 2 * all) / (count.rows + 2);
  };
};

const keysOf = (column: Column): string[] => {
  if (!isNumeric(column))
    return column.values.map((value) => (value === undefined ? 'missing' : `=${value}`));
  const sorted = column.values.filter((value) => !Number.isNaN(value)).sort();
  const cuts = [
    ...new Set(Array.from({ length: 20 }, (_, i) => (sorted.length ? quantile(sorted, i / 20) : 0))),
  ];
  return Array.from(column.values, (value) =>
    Number.isNaN(value) ? 'missing' : String(cuts.filter((cut) => cut <= value).length),
  );
};
