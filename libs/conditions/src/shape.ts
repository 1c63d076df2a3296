import { MAX_CONDITIONS, MAX_DEPTH, MAX_TEXT_LENGTH, MAX_VALUES } from './condition.js';
import { childPointer, type Violation } from '@baton/contracts';
import { isPath } from './facts.js';
import { operatorNames, operators, type Operand } from './operators.js';
import { HAS_WORD } from './words.js';

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= MAX_TEXT_LENGTH;

const isValue = (value: unknown): boolean =>
  isText(value) || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));

const isListOf = (value: unknown, accepts: (member: unknown) => boolean): boolean =>
  Array.isArray(value) && value.length > 0 && value.length <= MAX_VALUES && value.every(accepts);

const operands: Record<Operand, { accepts: (value: unknown) => boolean; wanted: string }> = {
  value: {
    accepts: isValue,
    wanted: `a number, true, false or a text of 1 to ${MAX_TEXT_LENGTH} characters`,
  },
  values: {
    accepts: (value) => isListOf(value, isValue),
    wanted: `a list of 1 to ${MAX_VALUES} texts, numbers, true or false`,
  },
  text: { accepts: isText, wanted: `a text of 1 to ${MAX_TEXT_LENGTH} characters that is not blank` },
  phrases: {
    accepts: (value) => isListOf(value, (phrase) => isText(phrase) && HAS_WORD.test(phrase)),
    wanted: `a list of 1 to ${MAX_VALUES} words or phrases, each with a letter or digit and of at most ${MAX_TEXT_LENGTH} characters`,
  },
  number: { accepts: (value) => typeof value === 'number' && Number.isFinite(value), wanted: 'a number' },
  flag: { accepts: (value) => typeof value === 'boolean', wanted: 'true or false' },
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const comparisonViolations = (node: Record<string, unknown>, at: string): Violation[] => {
  if (!isText(node.fact) || !isPath(node.fact))
    return [{ pointer: `${at}/fact`, detail: 'must name a fact, such as traits.employees' }];
  const used = operatorNames.filter((name) => Object.hasOwn(node, name));
  const [name] = used;
  if (!name || used.length > 1)
    return [{ pointer: at, detail: `must have exactly one comparison: ${operatorNames.join(', ')}` }];
  const { accepts, wanted } = operands[operators[name].operand];
  return accepts(node[name]) ? [] : [{ pointer: `${at}/${name}`, detail: `must be ${wanted}` }];
};

const KINDS = ['all', 'any', 'not', 'fact'] as const;

/** Violations of shape and limits in any JSON value. Recursion stops at the limits, so that no input overflows the stack. */
export const shapeViolations = (root: unknown, at: string): Violation[] => {
  let size = 0;
  const visit = (node: unknown, path: string, depth: number): Violation[] => {
    size += 1;
    if (size > MAX_CONDITIONS) return [];
    if (depth > MAX_DEPTH) return [{ pointer: path, detail: `is deeper than ${MAX_DEPTH} levels` }];
    if (!isObject(node)) return [{ pointer: path, detail: 'must be a condition, as an object' }];
    const kind = KINDS.filter((name) => Object.hasOwn(node, name));
    if (kind.length !== 1)
      return [{ pointer: path, detail: 'must have exactly one of all, any, not or fact' }];
    const known: readonly string[] = kind[0] === 'fact' ? ['fact', ...operatorNames] : kind;
    const unknownNames = Object.keys(node).filter((name) => !known.includes(name));
    if (unknownNames.length > 0)
      return unknownNames.map((name) => ({
        pointer: childPointer(path, name),
        detail: 'is not a known name',
      }));
    if (kind[0] === 'fact') return comparisonViolations(node, path);
    if (kind[0] === 'not') return visit(node.not, `${path}/not`, depth + 1);
    const group = kind[0] as 'all' | 'any';
    const members = node[group];
    if (!Array.isArray(members) || members.length === 0)
      return [{ pointer: `${path}/${group}`, detail: 'must list at least one condition' }];
    return members.flatMap((member, index) => visit(member, `${path}/${group}/${index}`, depth + 1));
  };
  const found = visit(root, at, 1);
  return size > MAX_CONDITIONS
    ? [{ pointer: at, detail: `has more than ${MAX_CONDITIONS} conditions; make it smaller` }, ...found]
    : found;
};
