/** The right side of a comparison. */
export type Value = string | number | boolean;

/** Holds when every condition in it holds. */
export interface All {
  readonly all: readonly Condition[];
}

/** Holds when at least one condition in it holds. */
export interface Any {
  readonly any: readonly Condition[];
}

/** Holds when the condition in it does not. */
export interface Not {
  readonly not: Condition;
}

interface OfFact {
  /** Path of the fact, names joined by dots: `points`, `traits.employees`. */
  readonly fact: string;
}

/** One comparison of one fact. */
export type Comparison =
  | (OfFact & { readonly is: Value })
  | (OfFact & { readonly isNot: Value })
  | (OfFact & { readonly in: readonly Value[] })
  | (OfFact & { readonly notIn: readonly Value[] })
  | (OfFact & { readonly hasWord: readonly string[] })
  | (OfFact & { readonly contains: string })
  | (OfFact & { readonly startsWith: string })
  | (OfFact & { readonly endsWith: string })
  | (OfFact & { readonly atLeast: number })
  | (OfFact & { readonly atMost: number })
  | (OfFact & { readonly moreThan: number })
  | (OfFact & { readonly lessThan: number })
  | (OfFact & { readonly exists: boolean });

/** A predicate of facts as JSON. Contains neither code nor regular expressions, so its evaluation time is bounded. */
export type Condition = All | Any | Not | Comparison;

// Limits, so that no stored condition can be slow to evaluate or overflow the stack.

/** Levels of nesting, the outermost condition included. */
export const MAX_DEPTH = 8;
/** Conditions in the whole tree, groups included. */
export const MAX_CONDITIONS = 200;
/** Values of one `in`, `notIn` or `hasWord`. */
export const MAX_VALUES = 200;
/** Characters of a text or of the path of a fact. */
export const MAX_TEXT_LENGTH = 200;

export const isAll = (condition: Condition): condition is All => 'all' in condition;
export const isAny = (condition: Condition): condition is Any => 'any' in condition;
export const isNot = (condition: Condition): condition is Not => 'not' in condition;
