import type { Violation } from '@baton/contracts';
import { duplicateKeys } from '../model/duplicate-keys.js';
import type { Funnel, RecycleRule } from './funnel.js';

/** Recycle rules that contradict themselves or can never apply; empty when they are sound. */
export const recycleViolations = ({ recycle = [] }: Funnel): Violation[] => [
  ...duplicateKeys(
    recycle.map(({ key }) => key),
    (index) => `/recycle/${index}/key`,
  ),
  ...recycle.flatMap((rule, index) => [
    ...ruleViolations(rule, `/recycle/${index}`),
    ...coveredViolations(rule, recycle.slice(0, index), `/recycle/${index}`),
  ]),
];

const ruleViolations = ({ on, restDays, maxTimes, then, teaches }: RecycleRule, at: string): Violation[] => {
  const found: Violation[] = [];
  const report = (path: string, detail: string): void => void found.push({ pointer: `${at}${path}`, detail });
  if (maxTimes !== undefined && then === undefined)
    report('', "needs 'then': what becomes of a lead that was recycled as often as agreed");
  if (maxTimes === undefined && then !== undefined)
    report('/then', "has no meaning without 'maxTimes': a lead is recycled without a limit");
  if (maxTimes === 0 && restDays !== undefined)
    report('/restDays', 'has no meaning here: the lead is not recycled once');
  if (on === 'rejected' && teaches !== undefined)
    report('/teaches', 'has no meaning for rejections: the SLA policy says what each reason teaches');
  return found;
};

/** A rule whose reasons an earlier one takes never applies to them. */
const coveredViolations = (rule: RecycleRule, earlier: readonly RecycleRule[], at: string): Violation[] => {
  const sameReturn = earlier.filter(({ on }) => on === rule.on);
  const all = sameReturn.find(({ reasons }) => !reasons);
  if (all)
    return [{ pointer: at, detail: `never applies: '${all.key}' comes before it and takes every reason` }];
  return (rule.reasons ?? []).flatMap((reason, index) => {
    const taken = sameReturn.find(({ reasons }) => reasons?.includes(reason));
    const detail = `'${reason}' is already in '${taken?.key}', which comes before this rule`;
    return taken ? [{ pointer: `${at}/reasons/${index}`, detail }] : [];
  });
};
