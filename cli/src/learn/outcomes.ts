import { isMissingText } from '@baton/learning';
import { CliError } from '../cli-error.js';

const POSITIVE = new Set(
  'yes y true t 1 1.0 won win converted conversion customer success successful accepted qualified closed-won sold bought purchased signed subscribed churned churn left ja oui si sí sim wahr vrai positive'.split(
    ' ',
  ),
);
const NEGATIVE = new Set(
  'no n false f 0 0.0 -1 lost lose rejected disqualified unqualified failed failure closed-lost unsold stayed retained nein non não falsch faux negative'.split(
    ' ',
  ),
);
/** Leads that are still worked on have no outcome yet. */
const OPEN = new Set('open pending new working in-progress ongoing active undecided offen'.split(' '));
const MAX_VALUES = 10;

/** The outcome of each row: 1, 0 or undefined where there is none. */
export interface Outcomes {
  readonly labels: readonly (0 | 1 | undefined)[];
  /** As written in the file. */
  readonly positive: string;
  readonly negative: readonly string[];
  /** Whether the positive value was not given. */
  readonly guessed: boolean;
  /** Values such as `open`: rows that have no outcome yet. */
  readonly open: readonly string[];
}

const wordOf = (value: string): string =>
  value
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '-');

/**
 * @param wanted the value that is positive; guessed when undefined
 * @throws CliError that lists the values when there is one only or the positive one cannot be guessed
 */
export const outcomesOf = (texts: readonly string[], column: string, wanted?: string): Outcomes => {
  const counts = new Map<string, number>();
  for (const text of texts)
    if (!isMissingText(text)) counts.set(text.trim(), (counts.get(text.trim()) ?? 0) + 1);
  const positive = wanted === undefined ? guessed(counts, column) : given(counts, column, wanted);
  const closed = [...counts.keys()].filter((value) => wordOf(value) !== wordOf(positive));
  const open = closed.length > 1 ? closed.filter((value) => OPEN.has(wordOf(value))) : [];
  const negative = closed.filter((value) => !open.includes(value));
  if (negative.length === 0) throw oneValue(positive, column);
  const unknown = new Set(open);
  return {
    labels: texts.map((text) => {
      if (isMissingText(text) || unknown.has(text.trim())) return undefined;
      return wordOf(text) === wordOf(positive) ? 1 : 0;
    }),
    positive,
    negative,
    guessed: wanted === undefined,
    open,
  };
};

const oneValue = (value: string, column: string): CliError =>
  new CliError(
    `Every row with an outcome has "${value}" in column "${column}": there is nothing to compare it with.`,
    'Rows with the other outcome need a value of their own, such as "no"; an empty cell means that the outcome is not known.',
  );

type Counts = ReadonlyMap<string, number>;

const given = (counts: Counts, column: string, wanted: string): string => {
  const found =
    [...counts.keys()].find((value) => value === wanted.trim()) ??
    [...counts.keys()].find((value) => wordOf(value) === wordOf(wanted));
  if (found !== undefined) return found;
  throw new CliError(
    `--positive: column "${column}" has no value "${wanted}".`,
    `Its values: ${listOf(counts)}.`,
  );
};

const guessed = (counts: Counts, column: string): string => {
  const values = [...counts.keys()];
  if (values.length === 0) throw new CliError(`Column "${column}" is empty: no row has an outcome.`);
  if (values.length === 1) throw oneValue(values[0]!, column);
  const positives = [
    ...new Map(
      values.filter((value) => POSITIVE.has(wordOf(value))).map((value) => [wordOf(value), value]),
    ).values(),
  ];
  if (positives.length === 1) return positives[0]!;
  const others = values.filter((value) => !NEGATIVE.has(wordOf(value)) && !OPEN.has(wordOf(value)));
  if (positives.length === 0 && others.length === 1 && values.length > 1) return others[0]!;
  throw new CliError(
    `It is not clear which value of column "${column}" is the positive outcome.`,
    `Pass --positive VALUE. Its values: ${listOf(counts)}.`,
  );
};

const listOf = (counts: Counts): string => {
  const values = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const named = values.slice(0, MAX_VALUES).map(([value, count]) => `"${value}" (${count} rows)`);
  return [...named, ...(values.length > named.length ? [`${values.length - named.length} more`] : [])].join(
    ', ',
  );
};
