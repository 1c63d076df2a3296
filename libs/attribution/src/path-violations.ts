import type { Violation } from '@baton/contracts';
import { MAX_KEY_LENGTH, MAX_PATH_LENGTH } from './limits.js';
import { isAmount, isObject, unknownMembers } from './violation.js';

const MEMBERS = ['path', 'conversions', 'value', 'nulls', 'daysBefore', 'milestones'];
const MAX_MILESTONES = 2;
/** Half a unit of conversions: fewer are counted as none. */
const NO_CONVERSIONS = 0.000_000_5;

/** What is wrong with one path, any JSON value at `pointer`. */
export const pathViolations = (path: unknown, pointer: string): Violation[] => {
  if (!isObject(path)) return [{ pointer, detail: 'must be an object with path and conversions' }];
  const touches: unknown[] = Array.isArray(path['path']) ? path['path'] : [];
  return [
    ...unknownMembers(path, pointer, MEMBERS),
    ...touchViolations(path['path'], `${pointer}/path`),
    ...amountViolations(path, pointer),
    ...dayViolations(path['daysBefore'], touches.length, `${pointer}/daysBefore`),
    ...milestoneViolations(path['milestones'], touches.length, `${pointer}/milestones`),
  ];
};

const touchViolations = (touches: unknown, pointer: string): Violation[] => {
  if (!Array.isArray(touches) || touches.length === 0)
    return [
      { pointer, detail: 'must be a list of at least one key; journeys without touches can be ["(none)"]' },
    ];
  if (touches.length > MAX_PATH_LENGTH)
    return [{ pointer, detail: `must be at most ${MAX_PATH_LENGTH} touches` }];
  const wrong = touches.findIndex(
    (key: unknown) => typeof key !== 'string' || key.trim() === '' || key.length > MAX_KEY_LENGTH,
  );
  if (wrong < 0) return [];
  return [{ pointer: `${pointer}/${wrong}`, detail: `must be text of 1 to ${MAX_KEY_LENGTH} characters` }];
};

const amountViolations = (path: Readonly<Record<string, unknown>>, pointer: string): Violation[] => {
  const wrong = ['conversions', 'value', 'nulls'].filter(
    (name) => !isAmount(path[name]) && (name === 'conversions' || path[name] !== undefined),
  );
  const violations = wrong.map((name) => ({
    pointer: `${pointer}/${name}`,
    detail: 'must be a finite number of at least 0',
  }));
  if (
    violations.length === 0 &&
    (path['conversions'] as number) < NO_CONVERSIONS &&
    (path['value'] ?? 0) !== 0
  )
    violations.push({ pointer: `${pointer}/value`, detail: 'must be 0 without conversions' });
  return violations;
};

const dayViolations = (days: unknown, touches: number, pointer: string): Violation[] => {
  if (days === undefined) return [];
  const ordered =
    Array.isArray(days) &&
    days.length === touches &&
    days.every((day: unknown, i) => isAmount(day) && (i === 0 || day <= (days[i - 1] as number)));
  return ordered
    ? []
    : [{ pointer, detail: 'must be one number of days for each touch, the earliest touch first' }];
};

const milestoneViolations = (milestones: unknown, touches: number, pointer: string): Violation[] => {
  if (milestones === undefined) return [];
  const within =
    Array.isArray(milestones) &&
    milestones.length <= MAX_MILESTONES &&
    milestones.every(
      (at: unknown) => Number.isInteger(at) && (at as number) >= 0 && (at as number) < touches,
    );
  return within
    ? []
    : [{ pointer, detail: `must be at most ${MAX_MILESTONES} indexes of touches of the path` }];
};
