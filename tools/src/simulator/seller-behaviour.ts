import { SeededRandom } from './seeded-random.js';

/** How a simulated seller responds to offers: probabilities from 0 to 1, delays in ms. */
export interface SellerBehaviour {
  /** Never responds, so the SLA clock runs out. */
  readonly ignores: number;
  readonly rejects: number;
  readonly qualifies: number;
  readonly decisionDelayMs: readonly [from: number, to: number];
}

export const DILIGENT: SellerBehaviour = {
  ignores: 0.05,
  rejects: 0.2,
  qualifies: 0.6,
  decisionDelayMs: [5_000, 30_000],
};
export const SELECTIVE: SellerBehaviour = {
  ignores: 0.1,
  rejects: 0.45,
  qualifies: 0.5,
  decisionDelayMs: [3_000, 15_000],
};
export const SLOW: SellerBehaviour = {
  ignores: 0.5,
  rejects: 0.15,
  qualifies: 0.4,
  decisionDelayMs: [30_000, 120_000],
};

/** A hand-off as the inbox lists it. */
export interface AssignedHandoff {
  readonly id: string;
  readonly state: string;
  readonly offer: number;
}

export interface LeadTraits {
  readonly emailKind?: unknown;
  readonly emailDomain?: unknown;
  readonly employees?: unknown;
  readonly jobTitle?: unknown;
}

/** One request to the API, `POST /api/handoffs/{id}/{path}`. */
export interface SellerAction {
  /** Milliseconds after the previous action. */
  readonly delayMs: number;
  readonly path: 'accept' | 'reject' | 'attempts' | 'qualify';
  readonly body: object;
}

const DAY_MS = 86_400_000;

/** The rejection body for a lead: the obvious reason if its traits give one, else a random one. */
export const rejectionFor = (traits: LeadTraits, random: SeededRandom, now: Date): object => {
  if (traits.emailDomain === 'competitor.example' || traits.emailKind === 'education') {
    return { reason: 'competitor-or-student' };
  }
  if (typeof traits.employees === 'number' && traits.employees < 20 && random.boolean(0.7))
    return { reason: 'no-budget' };
  if (/analyst|assistant/i.test(String(traits.jobTitle)) && random.boolean(0.7))
    return { reason: 'no-authority' };
  return random.weighted<object>([
    [
      {
        reason: 'bad-timing',
        wakeAt: new Date(now.getTime() + random.integer(7, 60) * DAY_MS).toISOString(),
      },
      4,
    ],
    [{ reason: 'wrong-contact-data', note: 'The number does not exist.' }, 2],
    [{ reason: 'no-need' }, 2],
    [{ reason: 'unresponsive' }, 1],
    [{ reason: 'other', note: 'Asked to be called by a partner instead.' }, 1],
  ]);
};

const contactAttempts = (random: SeededRandom): SellerAction[] => {
  const unansweredCount = random.integer(0, 2);
  const missed = Array.from({ length: unansweredCount }, (): SellerAction => ({
    delayMs: random.between(4_000, 15_000),
    path: 'attempts',
    body: {
      channel: random.pick(['phone', 'email', 'social']),
      outcome: random.pick(['no-answer', 'left-message']),
    },
  }));
  return [
    ...missed,
    {
      delayMs: random.between(4_000, 15_000),
      path: 'attempts',
      body: { channel: 'phone', outcome: 'reached' },
    },
  ];
};

const qualification = (random: SeededRandom): SellerAction => ({
  delayMs: random.between(5_000, 20_000),
  path: 'qualify',
  body: {
    budget: random.boolean(0.8),
    authority: random.boolean(0.8),
    need: true,
    timeline: random.boolean(0.7),
  },
});

const followUp = (behaviour: SellerBehaviour, random: SeededRandom): SellerAction[] => [
  ...contactAttempts(random),
  ...(random.boolean(behaviour.qualifies) ? [qualification(random)] : []),
];

export interface PlanInput {
  readonly seed: string;
  readonly behaviour: SellerBehaviour;
  readonly handoff: AssignedHandoff;
  readonly traits: LeadTraits;
  readonly now: Date;
}

/** Every action a seller will take on a hand-off. Deterministic for the same seed, hand-off, offer and state. */
export const planActions = ({ seed, behaviour, handoff, traits, now }: PlanInput): SellerAction[] => {
  const random = new SeededRandom(`${seed}/${handoff.id}/${handoff.offer}/${handoff.state}`);
  if (handoff.state === 'accepted') return followUp(behaviour, random);
  if (handoff.state !== 'offered' || random.boolean(behaviour.ignores)) return [];
  const delayMs = random.between(...behaviour.decisionDelayMs);
  const unfit = traits.emailDomain === 'competitor.example' || traits.emailKind === 'education';
  if (unfit || random.boolean(behaviour.rejects))
    return [{ delayMs, path: 'reject', body: rejectionFor(traits, random, now) }];
  return [{ delayMs, path: 'accept', body: {} }, ...followUp(behaviour, random)];
};
