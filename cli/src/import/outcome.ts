import { plainName } from '@baton/contracts';

/** What became of a lead. Deals follow the first five; the pipeline makes verdicts only of hand-offs, so the others are activities. */
export const OUTCOMES = [
  'open',
  'won',
  'lost',
  'renewed',
  'churned',
  'accepted',
  'qualified',
  'rejected',
  'ignore',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Names of events that scoring knows as reports of a CRM, and those that it keeps in the history. */
export const EVENT_OF: Readonly<Record<Exclude<Outcome, 'ignore'>, string>> = {
  open: 'Deal Created',
  won: 'Deal Won',
  lost: 'Deal Lost',
  renewed: 'Deal Renewed',
  churned: 'Deal Churned',
  accepted: 'Lead Accepted',
  qualified: 'Lead Qualified',
  rejected: 'Lead Rejected',
};

export const isDeal = (outcome: Outcome): boolean =>
  ['open', 'won', 'lost', 'renewed', 'churned'].includes(outcome);

/** As `plainName` writes them. */
const WORDS: Readonly<Record<Outcome, string>> = {
  open: 'open opened opportunity inprogress',
  won: 'won closedwon dealwon converted customer gewonnen',
  lost: 'lost closedlost deallost verloren',
  renewed: 'renewed renewal verlangert',
  churned: 'churned churn cancelled canceled gekundigt',
  accepted: 'accepted salesaccepted sal akzeptiert',
  qualified: 'qualified salesqualified sql qualifiziert',
  rejected: 'rejected disqualified unqualified abgelehnt',
  ignore: 'ignore none pending new',
};
const BY_WORD = new Map(
  OUTCOMES.flatMap((outcome) => WORDS[outcome].split(' ').map((word) => [word, outcome] as const)),
);

/** The outcome that a value stands for; undefined for an unknown one. @param given values that the user named, plain */
export const outcomeOf = (value: unknown, given: ReadonlyMap<string, Outcome>): Outcome | undefined => {
  const word = plainName(String(value));
  return given.get(word) ?? BY_WORD.get(word);
};
