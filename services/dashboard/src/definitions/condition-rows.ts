/** One comparison as a sentence of three fields: fact, operator, value. */
export interface ConditionRow {
  readonly fact: string;
  readonly operator: string;
  /** Lists are separated by commas. */
  readonly value: string;
}

export interface ConditionRows {
  readonly join: 'all' | 'any';
  readonly rows: readonly ConditionRow[];
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

type Tree = Readonly<Record<string, unknown>>;

/** A condition as rows; null for one that is nested or that rows could not give back as it is. */
export const toRows = (condition: Tree): ConditionRows | null => {
  const join = 'any' in condition ? 'any' : 'all';
  const members = join in condition ? (condition[join] as Tree[]) : [condition];
  const rows = members.map(toRow);
  return rows.every((row) => row !== null) ? { join, rows } : null;
};

const toRow = (comparison: Tree): ConditionRow | null => {
  const operator = Object.keys(comparison).find((name) => name in OPERATORS);
  if (operator === undefined) return null;
  const value = comparison[operator];
  const row = {
    fact: String(comparison['fact']),
    operator,
    value: Array.isArray(value) ? value.join(', ') : String(value),
  };
  return JSON.stringify(valueOf(row)) === JSON.stringify(value) ? row : null;
};

/** The condition of rows; one row is a comparison of its own. */
export const fromRows = ({ join, rows }: ConditionRows): Tree => {
  const comparisons = rows.map((row) => ({ fact: row.fact, [row.operator]: valueOf(row) }));
  return comparisons.length === 1 ? comparisons[0]! : { [join]: comparisons };
};

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
  return DECIMAL.test(value.trim()) ? Number(value) : value;
};
