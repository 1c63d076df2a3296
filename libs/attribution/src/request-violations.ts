import type { Violation } from '@baton/contracts';
import {
  MAX_KEYS,
  MAX_PATHS,
  MAX_TOTAL_CONVERSIONS,
  MAX_TOTAL_VALUE,
  MAX_TOUCHES,
  MAX_VIOLATIONS,
} from './limits.js';
import { optionViolations } from './option-violations.js';
import { pathViolations } from './path-violations.js';
import { MODELS, type Model, type Path } from './request.js';
import { every, TOUCHES_PER_STEP, type Steps } from './steps.js';
import { isObject, unknownMembers } from './violation.js';

const MEMBERS = ['model', 'options', 'paths'];

/**
 * What is wrong with a request, any JSON value, by JSON Pointer (`/paths/3/conversions`); empty for an `AttributionRequest`. At most 100.
 */
export function* requestViolations(request: unknown): Steps<readonly Violation[]> {
  if (!isObject(request)) return [{ pointer: '', detail: 'must be an object' }];
  const { model, options, paths } = request;
  const violations = unknownMembers(request, '', MEMBERS);
  if (MODELS.includes(model as Model)) violations.push(...optionViolations(model as Model, options));
  else violations.push({ pointer: '/model', detail: `must be one of ${MODELS.join(', ')}` });
  if (!Array.isArray(paths) || paths.length === 0)
    return [...violations, { pointer: '/paths', detail: 'must be a list of at least one path' }];
  if (paths.length > MAX_PATHS)
    return [...violations, { pointer: '/paths', detail: `must be at most ${MAX_PATHS} paths` }];
  const isDue = every(TOUCHES_PER_STEP);
  for (const [row, path] of (paths as unknown[]).entries()) {
    if (isDue(touchesOf(path))) yield;
    violations.push(...pathViolations(path, `/paths/${row}`));
    if (violations.length >= MAX_VIOLATIONS) return violations.slice(0, MAX_VIOLATIONS);
  }
  // Without violations each of them is a path.
  return violations.length > 0 ? violations : yield* sumViolations(paths as readonly Path[]);
}

/** Touches of any JSON value in place of a path; 1 for one that is none. */
const touchesOf = (path: unknown): number =>
  isObject(path) && Array.isArray(path['path']) ? path['path'].length : 1;

function* sumViolations(paths: readonly Path[]): Steps<Violation[]> {
  const keys = new Set<string>();
  const isDue = every(TOUCHES_PER_STEP);
  let touches = 0;
  for (const { path } of paths) {
    if (isDue(path.length)) yield;
    touches += path.length;
    for (const key of path) keys.add(key);
  }
  const sumOf = (amount: (path: Path) => number): number =>
    paths.reduce((sum, path) => sum + amount(path), 0);
  const limits = [
    { sum: touches, max: MAX_TOUCHES, of: 'touches' },
    { sum: keys.size, max: MAX_KEYS, of: 'distinct keys' },
    { sum: sumOf(({ conversions }) => conversions), max: MAX_TOTAL_CONVERSIONS, of: 'conversions' },
    { sum: sumOf(({ nulls = 0 }) => nulls), max: MAX_TOTAL_CONVERSIONS, of: 'nulls' },
    { sum: sumOf(({ value = 0 }) => value), max: MAX_TOTAL_VALUE, of: 'value' },
  ];
  return limits
    .filter(({ sum, max }) => sum > max)
    .map(({ max, of }) => ({ pointer: '/paths', detail: `must have at most ${max} ${of} in total` }));
}
