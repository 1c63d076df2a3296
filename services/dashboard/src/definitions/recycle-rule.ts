/** What becomes of leads that sales gives back, as the funnel has it. */
export interface RecycleRule {
  readonly key: string;
  readonly on: 'rejected' | 'lost' | 'churned';
  readonly reasons?: readonly string[];
  readonly restDays?: number;
  readonly maxTimes?: number;
  readonly then?: 'nurture' | 'disqualified';
  readonly teaches?: string;
}

/** What a person chooses for a rule; `limited` recycles a number of times first. */
export type Fate = 'rests' | 'limited' | 'disqualified' | 'nurture';

export const FATES: Readonly<Record<Fate, string>> = {
  rests: 'rests, then may be offered again',
  limited: 'rests, but only so many times',
  nurture: 'rests until it asks again',
  disqualified: 'is disqualified until a person reopens it',
};

export const fateOf = ({ maxTimes, then }: RecycleRule): Fate => {
  if (maxTimes === undefined) return 'rests';
  return maxTimes > 0 ? 'limited' : (then ?? 'nurture');
};

const FIRST_LIMIT = 3;

/** The rule with another fate: only with the members that have a meaning for it. */
export const withFate = ({ maxTimes: _, then, restDays, ...rule }: RecycleRule, fate: Fate): RecycleRule => {
  const rest = restDays !== undefined && { restDays };
  if (fate === 'rests') return { ...rule, ...rest };
  if (fate === 'limited') return { ...rule, ...rest, maxTimes: FIRST_LIMIT, then: then ?? 'nurture' };
  return { ...rule, maxTimes: 0, then: fate };
};

/** The rule for another way a lead is given back; reasons are those of that way, and rejections teach what the policy says. */
export const withReturn = (
  { reasons: _, teaches, ...rule }: RecycleRule,
  on: RecycleRule['on'],
): RecycleRule => ({
  ...rule,
  on,
  ...(on !== 'rejected' && teaches !== undefined && { teaches }),
});

export const RETURNS: Readonly<Record<RecycleRule['on'], string>> = {
  rejected: 'A rejected lead',
  lost: 'A lead whose deal was lost',
  churned: 'A customer who left',
};

export const ENDS: Readonly<Record<NonNullable<RecycleRule['then']>, string>> = {
  nurture: FATES.nurture,
  disqualified: FATES.disqualified,
};

/** A rule in one sentence; `wordsOf` gives the words for the code of a reason. */
export const sentenceOf = (rule: RecycleRule, wordsOf = (code: string) => code): string => {
  const { on, reasons = [], restDays, maxTimes, then = 'nurture' } = rule;
  const who = `${RETURNS[on]}${reasons.length > 0 ? ` (${reasons.map(wordsOf).join(', ')})` : ''}`;
  const fate = fateOf(rule);
  if (fate !== 'rests' && fate !== 'limited') return `${who} ${FATES[fate]}`;
  const rest = `${who} rests ${restDays === undefined ? 'as “Recycled” says' : `for ${days(restDays)}`}`;
  if (fate === 'rests') return rest;
  return `${rest}, at most ${maxTimes === 1 ? 'once' : `${maxTimes} times`}; then it ${ENDS[then]}`;
};

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);
