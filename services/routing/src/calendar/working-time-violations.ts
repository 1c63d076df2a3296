import { calendarViolations, INSTANT_RULE, instantFrom, MAX_SECONDS } from '@baton/calendar';
import { childPointer, type Violation } from '@baton/contracts';

type Rule = (value: unknown) => string | undefined;

const instant: Rule = (value) => (instantFrom(value) === undefined ? INSTANT_RULE : undefined);
const seconds: Rule = (value) =>
  typeof value === 'number' && Math.abs(value) <= MAX_SECONDS
    ? undefined
    : `must be a number from ${-MAX_SECONDS} to ${MAX_SECONDS}`;

/** What is wrong with any JSON value in place of a `DueRequest`; empty for one. */
export const dueViolations = (request: unknown): readonly Violation[] =>
  violationsOf(request, { start: instant, seconds });

/** What is wrong with any JSON value in place of an `ElapsedRequest`; empty for one. */
export const elapsedViolations = (request: unknown): readonly Violation[] =>
  violationsOf(request, { start: instant, end: instant });

const violationsOf = (request: unknown, rules: Readonly<Record<string, Rule>>): readonly Violation[] => {
  const names = ['calendar', ...Object.keys(rules)];
  if (typeof request !== 'object' || request === null || Array.isArray(request))
    return [{ pointer: '', detail: `must be an object with ${names.join(', ')}` }];
  const members = request as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(members).find((name) => !names.includes(name));
  return [
    ...(unknown === undefined
      ? []
      : [
          {
            pointer: childPointer('', unknown.slice(0, 100)),
            detail: `is not known here: ${names.join(', ')} are`,
          },
        ]),
    ...calendarViolations(members['calendar'], '/calendar'),
    ...Object.entries(rules).flatMap(([name, rule]) => {
      const detail = rule(members[name]);
      return detail === undefined ? [] : [{ pointer: childPointer('', name), detail }];
    }),
  ];
};
