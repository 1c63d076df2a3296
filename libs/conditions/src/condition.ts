/** What a fact is compared with. */
export type Value = string | number | boolean;

/** Every condition in it holds. */
export interface All {
  readonly all: readonly Condition[];
}

/** At least one condition in it holds. */
export interface Any {
  readonly any: readonly Condition[];
}

/** The condition in it does not hold. */
export interface Not {
  readonly not: Condition;
}

interface Of {
  /** Path of the fact, names joined by dots: `points`, `traits.employees`. */
  readonly fact: string;
}

/** One fact and one comparison; several of them are joined by `all` or `any`. */
export type Comparison =
  | (Of & { readonly is: Value })
  | (Of & { readonly isNot: Value })
  | (Of & { readonly in: readonly Value[] })
  | (Of & { readonly notIn: readonly Value[] })
  | (Of & { readonly contains: string })
  | (Of & { readonly startsWith: string })
  | (Of & { readonly endsWith: string })
  | (Of & { readonly atLeast: number })
  | (Of & { readonly atMost: number })
  | (Of & { readonly moreThan: number })
  | (Of & { readonly lessThan: number })
  | (Of & { readonly exists: boolean });

/** A question about facts, as JSON: no code, no regular expressions, nothing that can run long. */
export type Condition = All | Any | Not | Comparison;

/** What one condition may hold, so that nobody can store one that is slow or deep enough to hurt. */
export const limits = {
  /** Conditions within conditions, the outermost counted. */
  depth: 8,
  /** Conditions in the whole tree, groups counted. */
  size: 200,
  /** Values of one `in` or `notIn`. */
  values: 200,
  /** Characters of a text or of a fact's path. */
  text: 200,
} as const;

export const isAll = (condition: Condition): condition is All => 'all' in condition;
export const isAny = (condition: Condition): condition is Any => 'any' in condition;
export const isNot = (condition: Condition): condition is Not => 'not' in condition;
