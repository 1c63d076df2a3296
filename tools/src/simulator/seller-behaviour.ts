import { Random } from './seeded-random.js';

/** How a seller treats what is offered. Probabilities, and times in ms. */
export interface Habit {
  /** Says nothing at all: the clocks run. */
  readonly silent: number;
  readonly rejects: number;
  readonly qualifies: number;
  readonly ponders: readonly [from: number, to: number];
}

export const diligent: Habit = { silent: 0.05, rejects: 0.2, qualifies: 0.6, ponders: [5_000, 30_000] };
export const picky: Habit = { silent: 0.1, rejects: 0.45, qualifies: 0.5, ponders: [3_000, 15_000] };
export const slow: Habit = { silent: 0.5, rejects: 0.15, qualifies: 0.4, ponders: [30_000, 120_000] };

/** What a seller looks at. */
export interface Offered {
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
export interface Deed {
  /** So many ms after the one before. */
  readonly after: number;
  readonly path: 'accept' | 'reject' | 'attempts' | 'qualify';
  readonly body: object;
}

const day = 86_400_000;

/** What a seller would honestly say of this lead, or of bad luck. */
export const reasonFor = (traits: LeadTraits, random: Random, now: Date): object => {
  if (traits.emailDomain === 'competitor.example' || traits.emailKind === 'education') {
    return { reason: 'competitor-or-student' };
  }
  if (typeof traits.employees === 'number' && traits.employees < 20 && random.chance(0.7))
    return { reason: 'no-budget' };
  if (/analyst|assistant/i.test(String(traits.jobTitle)) && random.chance(0.7))
    return { reason: 'no-authority' };
  return random.weighted<object>([
    [{ reason: 'bad-timing', wakeAt: new Date(now.getTime() + random.whole(7, 60) * day).toISOString() }, 4],
    [{ reason: 'wrong-contact-data', note: 'The number does not exist.' }, 2],
    [{ reason: 'no-need' }, 2],
    [{ reason: 'unresponsive' }, 1],
    [{ reason: 'other', note: 'Asked to be called by a partner instead.' }, 1],
  ]);
};

const attempts = (random: Random): Deed[] => {
  const unanswered = random.whole(0, 2);
  const missed = Array.from({ length: unanswered }, (): Deed => ({
    after: random.between(4_000, 15_000),
    path: 'attempts',
    body: {
      channel: random.pick(['phone', 'email', 'social']),
      outcome: random.pick(['no-answer', 'left-message']),
    },
  }));
  return [
    ...missed,
    {
      after: random.between(4_000, 15_000),
      path: 'attempts',
      body: { channel: 'phone', outcome: 'reached' },
    },
  ];
};

const qualification = (random: Random): Deed => ({
  after: random.between(5_000, 20_000),
  path: 'qualify',
  body: {
    budget: random.chance(0.8),
    authority: random.chance(0.8),
    need: true,
    timeline: random.chance(0.7),
  },
});

const workOn = (habit: Habit, random: Random): Deed[] => [
  ...attempts(random),
  ...(random.chance(habit.qualifies) ? [qualification(random)] : []),
];

export interface Situation {
  readonly seed: string;
  readonly habit: Habit;
  readonly handoff: Offered;
  readonly traits: LeadTraits;
  readonly now: Date;
}

/** All that a seller will do with a hand-off, decided at first sight. The same seed and hand-off give the same. */
export const intentions = ({ seed, habit, handoff, traits, now }: Situation): Deed[] => {
  const random = new Random(`${seed}/${handoff.id}/${handoff.offer}/${handoff.state}`);
  if (handoff.state === 'accepted') return workOn(habit, random);
  if (handoff.state !== 'offered' || random.chance(habit.silent)) return [];
  const after = random.between(...habit.ponders);
  const unfit = traits.emailDomain === 'competitor.example' || traits.emailKind === 'education';
  if (unfit || random.chance(habit.rejects))
    return [{ after, path: 'reject', body: reasonFor(traits, random, now) }];
  return [{ after, path: 'accept', body: {} }, ...workOn(habit, random)];
};
