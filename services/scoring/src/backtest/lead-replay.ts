import type { Account } from '../account/account.js';
import { PersonSoFar, type ReplayedActivity } from './person-so-far.js';
import type { FirstActivity, Readiness, RealOutcome, ReplayedLead } from './replayed-lead.js';
import { StageReplay, type ReplayedDefinitions } from './stage-replay.js';

/** A lead to replay. */
export interface LeadToReplay {
  readonly id: string;
  /** The present address; null without one. */
  readonly email: string | null;
  /** Its present account; absent where no rule reads it. */
  readonly account?: Account | null;
  readonly first: FirstActivity;
  readonly outcome: RealOutcome;
}

/**
 * Replays one lead under two pairs of definitions with what was known at each instant. Readiness is decided with every
 * activity up to the first time, and at the end.
 */
export class LeadReplay {
  /** Of the latest activity, ms since 1970. */
  private lastAt: number | null = null;
  private readonly person: PersonSoFar;
  private readonly draft: StageReplay;
  private readonly active: StageReplay;

  constructor(
    private readonly lead: LeadToReplay,
    definitions: { readonly draft: ReplayedDefinitions; readonly active: ReplayedDefinitions },
  ) {
    this.person = new PersonSoFar(lead.email, lead.account);
    this.draft = new StageReplay(definitions.draft);
    this.active = new StageReplay(definitions.active);
  }

  /** Adds the next activity, in the order of occurrence. Bots change nothing. */
  add(activity: ReplayedActivity): void {
    if (activity.bot) return;
    this.passTo(activity.at);
    this.person.add(activity);
    this.draft.add(activity, this.person);
    this.active.add(activity, this.person);
  }

  /** The lead at `now` (ms since 1970). */
  end(now: number): ReplayedLead {
    this.passTo(now);
    for (const side of [this.draft, this.active]) side.evaluate(this.person, now);
    return {
      id: this.lead.id,
      first: this.lead.first,
      draft: readinessOf(this.draft),
      active: readinessOf(this.active),
      outcome: this.lead.outcome,
    };
  }

  /** A change of the account between the last activity and `at` is an instant to look at, too. */
  private passTo(at: number): void {
    const changedAt = this.lead.account?.changedAt;
    if (changedAt !== undefined && this.lastAt !== null && this.lastAt < changedAt && changedAt < at)
      for (const side of [this.draft, this.active]) side.changeAccount(this.person, changedAt);
    this.lastAt = at;
  }
}

const readinessOf = ({ firstReadyAt, isReady, points }: StageReplay): Readiness => ({
  firstReadyAt,
  isReady,
  points,
});
