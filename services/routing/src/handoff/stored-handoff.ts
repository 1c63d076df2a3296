import type { AttemptChannel, AttemptOutcome, ClockName } from '@baton/contracts';
import type { PendingStep, SlaClock } from '../clock/sla-clock.js';
import { DEFAULT_TEAM, type Person } from '../team/team.js';
import { MAX_ATTEMPTS_KEPT, type Bant, type Decision, type Handoff, type Status } from './handoff.js';

/**
 * Version of the JSON that is stored as a hand-off's state. A change that older rows do not match increases it and adds a step to
 * `UPCASTERS`; rows are rewritten in the new version when their hand-off changes.
 */
const STATE_VERSION = 3;

/** The stored form of a hand-off. */
export const toStored = (handoff: Handoff): object => ({ v: STATE_VERSION, ...handoff });

/**
 * The hand-off of a stored state of any version.
 * @throws Error for a version that a newer build wrote
 */
export const fromStored = (state: object): Handoff => {
  let version = 'v' in state ? Number(state.v) : 1;
  if (!(version <= STATE_VERSION))
    throw new Error(`a hand-off is stored in version ${version}; this build reads up to ${STATE_VERSION}`);
  let current = state;
  for (; version < STATE_VERSION; version += 1) current = UPCASTERS[version]!(current as never);
  const { v: _, ...handoff } = current as Handoff & { v?: number };
  return handoff;
};

/** By version, the step to the next one. */
const UPCASTERS: Readonly<Record<number, (state: never) => object>> = {
  1: (state: StateV1) => fromV1(state),
  2: (state: StateV2) => fromV2(state),
};

/** Attempts of earlier offers are told from those of the current one by their instants alone. */
type StateV2 = Omit<Handoff, 'attemptsBeforeOffer'>;

/** Attempts are made after an acceptance only, so without one all of them are of earlier offers. */
const fromV2 = (state: StateV2): Handoff => {
  const { verdict, attempts, attemptCount } = state;
  const earlier = attempts.findLast(({ at }) => verdict?.what !== 'accepted' || at < verdict.at);
  return { ...state, attemptsBeforeOffer: earlier?.attempt ?? attemptCount - attempts.length };
};

/** Times are ISO 8601, all attempts are kept, there is one team. */
interface StateV1 {
  readonly id: string;
  readonly leadId: string;
  readonly openedAt: string;
  readonly status: Status;
  readonly version: number;
  readonly seller: Person | null;
  readonly offer: number;
  readonly offeredAt?: string;
  readonly policyId?: string;
  readonly maxReassignments: number;
  readonly why: string;
  readonly avoid: readonly string[];
  readonly silences: number;
  readonly escalation?: { readonly at: string; readonly why: string };
  readonly clocks: readonly ClockV1[];
  readonly attempts: readonly AttemptV1[];
  readonly verdict?: DecisionV1;
  readonly qualification?: DecisionV1;
}

interface ClockV1 {
  readonly name: ClockName;
  readonly startedAt: string;
  readonly dueAt: string;
  readonly ahead: readonly { readonly at: string; readonly do: PendingStep['action'] }[];
  readonly breachedAt?: string;
  readonly metAt?: string;
}

interface AttemptV1 {
  readonly attempt: number;
  readonly channel: AttemptChannel;
  readonly outcome: AttemptOutcome;
  readonly at: string;
  readonly by: Person;
}

interface DecisionV1 {
  readonly what: Decision['what'];
  readonly by: Person;
  readonly at: string;
  readonly reason?: string;
  readonly note?: string;
  readonly wakeAt?: string;
  readonly bant?: Bant;
}

const fromV1 = (state: StateV1): StateV2 => {
  const {
    offer,
    silences,
    openedAt,
    offeredAt,
    escalation,
    clocks,
    attempts,
    verdict,
    qualification,
    ...same
  } = state;
  return {
    ...same,
    team: DEFAULT_TEAM,
    openedAt: Date.parse(openedAt),
    offerNumber: offer,
    ...(offeredAt !== undefined && { offeredAt: Date.parse(offeredAt) }),
    autoReassignments: silences,
    ...(escalation && { escalation: { at: Date.parse(escalation.at), why: escalation.why } }),
    clocks: clocks.map(clockFromV1),
    attemptCount: attempts.length,
    attempts: attempts
      .map((attempt) => ({ ...attempt, at: Date.parse(attempt.at) }))
      .slice(-MAX_ATTEMPTS_KEPT),
    ...(verdict && { verdict: decisionFromV1(verdict) }),
    ...(qualification && { qualification: decisionFromV1(qualification) }),
  };
};

const clockFromV1 = ({ ahead, startedAt, dueAt, breachedAt, metAt, name }: ClockV1): SlaClock => ({
  name,
  startedAt: Date.parse(startedAt),
  dueAt: Date.parse(dueAt),
  pendingSteps: ahead.map((due) => ({ at: Date.parse(due.at), action: due.do })),
  ...(breachedAt !== undefined && { breachedAt: Date.parse(breachedAt) }),
  ...(metAt !== undefined && { metAt: Date.parse(metAt) }),
});

const decisionFromV1 = ({ at, wakeAt, ...decision }: DecisionV1): Decision => ({
  ...decision,
  at: Date.parse(at),
  ...(wakeAt !== undefined && { wakeAt: Date.parse(wakeAt) }),
});
