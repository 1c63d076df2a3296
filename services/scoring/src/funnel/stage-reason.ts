import { MAX_CRITERIA, type StageReason } from '@baton/contracts';
import type { Recycling, ReturnReason, SalesStatus } from './sales-status.js';
import type { CompiledFunnel, Criterion } from './stage.js';
import type { StageFacts } from './stage-facts.js';

/** A change of stage, and what is known of the lead after it. */
export interface Transition {
  readonly from: string;
  readonly to: string;
  readonly status: SalesStatus;
  readonly recycling: Recycling;
  readonly facts: StageFacts;
}

const MAX_WORDS = 500;

/** Why a lead moved, and which part of the signed funnel decided it. */
export const stageReason = (funnel: CompiledFunnel, transition: Transition): StageReason => {
  const { kind, criteria, words, ...others } = reasonOf(funnel, transition);
  return {
    kind,
    ...(criteria.length > 0 && {
      criteria: criteria.slice(0, MAX_CRITERIA).map(({ pointer }) => pointer),
    }),
    ...others,
    words: words.length > MAX_WORDS ? `${words.slice(0, MAX_WORDS - 2)} …` : words,
  };
};

type Reason = Omit<StageReason, 'criteria'> & { readonly criteria: readonly Criterion[] };

const reasonOf = (funnel: CompiledFunnel, { from, to, status, recycling, facts }: Transition): Reason => {
  const { stages } = funnel.document;
  if (status?.state === 'returned') return returnReason(status);
  const entered = stages.find(({ key }) => key === to);
  if (entered?.on) return { kind: entered.on, criteria: [], words: VERDICT_WORDS[entered.on] };
  const criteria = criteriaOf(funnel, to);
  const met = `${entered?.label ?? to}: ${inWords(criteria) || 'every lead'}`;
  if (!funnel.indexOf.has(from) && recycling.back)
    return { kind: recycling.back.why, criteria, words: `${COMEBACK_WORDS[recycling.back.why]}; ${met}` };
  if ((funnel.indexOf.get(from) ?? -1) <= funnel.indexOf.get(to)!)
    return { kind: 'criteria-met', criteria, words: met };
  const lost = criteriaOf(funnel, from).filter(({ holds }) => !holds(facts as never));
  const left = stages.find(({ key }) => key === from)!.label;
  return {
    kind: 'criteria-lost',
    criteria: lost,
    words: lost.length === 0 ? `no longer ${left}` : `no longer ${left}: ${inWords(lost)} does not hold`,
  };
};

const VERDICT_WORDS = {
  accepted: 'a seller accepted the lead',
  qualified: 'a seller qualified the lead',
  'deal-opened': 'a deal was opened',
  'deal-won': 'a deal was won',
} as const;

const COMEBACK_WORDS = {
  'asked-again': 'asked again',
  'rest-ended': 'the rest is over',
  reopened: 'a person reopened the lead',
} as const;

const RETURN_WORDS = {
  rejected: 'rejected',
  lost: 'the deal was lost',
  churned: 'the customer left',
} as const;

const criteriaOf = ({ automatic }: CompiledFunnel, stage: string): readonly Criterion[] =>
  automatic.find(({ key }) => key === stage)?.criteria ?? [];

const inWords = (criteria: readonly Criterion[]): string => criteria.map(({ words }) => words).join(' and ');

/** A decision older than the reasons was a rejection. */
const UNKNOWN: ReturnReason = { on: 'rejected', reason: null, rule: null };

const returnReason = ({
  outcome,
  wakeAt,
  why = UNKNOWN,
}: Extract<SalesStatus, { state: 'returned' }>): Reason => {
  const { on, reason, rule, competitor, limit } = why;
  const because = [
    RETURN_WORDS[on],
    ...(competitor === undefined ? [] : [`to ${competitor}`]),
    ...(reason === null ? [] : [`(${reason})`]),
  ].join(' ');
  const often = limit ? ', after being recycled as often as agreed' : '';
  const until =
    wakeAt === null ? 'until it asks again' : `until ${new Date(wakeAt).toISOString().slice(0, 10)}`;
  return {
    kind: on,
    criteria: [],
    ...(rule !== null && { rule }),
    ...(reason !== null && { reason }),
    words: `${because}${often}: ${outcome === 'disqualified' ? 'disqualified' : `recycled ${until}`}`,
  };
};
