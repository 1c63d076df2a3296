/** One comparison as a sentence of three fields: fact, operator, value. */
export interface ConditionRow {
  readonly fact: string;
  readonly operator: string;
  /** Lists are separated by commas. */
  readonly value: string;
}

const LISTS = new Set(['in', 'notIn', 'hasWord']);
const NUMBERS = new Set(['atLeast', 'atMost', 'moreThan', 'lessThan']);
const DECIMAL = /^[+-]?\d+(\.\d+)?$/;

/** Operators in words, in the order of a choice. */
export const OPERATORS: Readonly<Record<string, string>> = {
  is: 'is',
  isNot: 'is not',
  in: 'is one of',
  notIn: 'is none of',
  hasWord: 'has the word',
  contains: 'contains',
  startsWith: 'starts with',
  endsWith: 'ends with',
  atLeast: 'is at least',
  atMost: 'is at most',
  moreThan: 'is more than',
  lessThan: 'is less than',
  exists: 'is known',
};

/** A comparison as a row; null for one that a row could not give back as it is. */
export const toRow = (comparison: Readonly<Record<string, unknown>>): ConditionRow | null => {
  const operator = Object.keys(comparison).find((name) => name in OPERATORS);
  if (operator === undefined || typeof comparison['fact'] !== 'string') return null;
  const value = comparison[operator];
  const row = {
    fact: comparison['fact'],
    operator,
    value: Array.isArray(value) ? value.join(', ') : String(value),
  };
  return JSON.stringify(fromRow(row)) === JSON.stringify(comparison) ? row : null;
};

/** The comparison of a row. */
export const fromRow = (row: ConditionRow): Readonly<Record<string, unknown>> => ({
  fact: row.fact,
  [row.operator]: valueOf(row),
});

/** Whether a text is another way to write the value of a row: with a comma that a word will follow, with a zero at the end. */
export const isSameValue = (row: ConditionRow, text: string): boolean =>
  JSON.stringify(fromRow({ ...row, value: text })) === JSON.stringify(fromRow(row));

const valueOf = ({ operator, value }: ConditionRow): unknown => {
  if (LISTS.has(operator))
    return value
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
  if (operator === 'exists') return value !== 'false';
  if (NUMBERS.has(operator)) return DECIMAL.test(value.trim()) ? Number(value) : value;
  if (operator !== 'is' && operator !== 'isNot') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  // A postcode such as 01067 is no number.
  return DECIMAL.test(value) && String(Number(value)) === value ? Number(value) : value;
};
