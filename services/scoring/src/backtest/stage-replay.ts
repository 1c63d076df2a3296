import type { Account } from '../account/account.js';
import { automaticStage, isReady, type CompiledFunnel } from '../funnel/stage.js';
import type { CompiledModel } from '../model/compiled-model.js';
import { cellOf } from '../model/matrix.js';
import { fitOf, scoreOver, type RulePoints, type Traits } from '../score/score.js';
import { tally, type Tallies } from '../score/tally.js';
import type { PersonSoFar, ReplayedActivity } from './person-so-far.js';

export interface ReplayedDefinitions {
  readonly model: CompiledModel;
  readonly funnel: CompiledFunnel;
}

/** One lead's score and stage by one pair of definitions, activity by activity in the order of occurrence. */
export class StageReplay {
  private tallies: Tallies = {};
  private fit: readonly RulePoints[] = [];
  private fitTraits: Traits | null = null;
  private fitAccount: Account | null = null;
  /** When the lead was sales-ready first (ms since 1970). */
  firstReadyAt: number | null = null;
  isReady = false;
  /** At the last evaluation. */
  points = 0;

  constructor(private readonly definitions: ReplayedDefinitions) {}

  /** The person's state already has the activity. */
  add(activity: ReplayedActivity, person: PersonSoFar): void {
    this.tallies = tally(this.definitions.model, this.tallies, activity);
    // Once it was ready, only what it is at the end remains to be decided.
    if (this.firstReadyAt === null) this.evaluate(person, activity.at);
  }

  /** Decides what other facts of the account changed at `at`. */
  changeAccount(person: PersonSoFar, at: number): void {
    if (this.definitions.model.readsAccount && this.firstReadyAt === null) this.evaluate(person, at);
  }

  /** Decides whether the lead is sales-ready at an instant not before the last activity. */
  evaluate(person: PersonSoFar, at: number): void {
    const { model, funnel } = this.definitions;
    const account = model.readsAccount ? person.accountAt(at) : null;
    if (this.fitTraits !== person.traits || this.fitAccount !== account) {
      this.fit = fitOf(model, person.traits, account ?? undefined);
      this.fitTraits = person.traits;
      this.fitAccount = account;
    }
    const score = scoreOver(model, this.fit, this.tallies)(at);
    this.points = score.points;
    const stage = automaticStage(funnel, {
      points: score.points,
      fit: score.fit,
      engagement: score.engagement,
      grade: score.grade,
      ...cellOf(model.matrix, score),
      identified: person.identified,
      consent: person.consent,
      traits: person.traits,
    });
    this.isReady = isReady(funnel, null, stage);
    if (this.isReady) this.firstReadyAt ??= at;
  }
}
