export { compile, type Predicate } from './compile.js';
export {
  MAX_CONDITIONS,
  MAX_DEPTH,
  MAX_TEXT_LENGTH,
  type All,
  type Any,
  type Comparison,
  type Condition,
  type Not,
  type Value,
} from './condition.js';
export { conditionRef, conditionSchema } from './condition-schema.js';
export { describeCondition, type LabelOf } from './describe.js';
export { fold } from './fold.js';
export type { Facts } from './facts.js';
export { conditionViolations, type FactTypes, type FactType } from './violations.js';
