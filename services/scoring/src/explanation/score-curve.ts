import type { Score } from '@baton/contracts';
import type { CompiledModel } from '../model/compiled-model.js';
import type { AccountFacts, ScorableActivity } from '../model/scoring-model.js';
import { score, type Traits } from '../score/score.js';
import { combineTallies, tally, type Tallies } from '../score/tally.js';

/** A model and the instants (by index) that it was active at. */
interface ModelTallies {
  readonly model: CompiledModel;
  /** Tallies of the activities between the instant before and this one. */
  readonly parts: Tallies[];
}

/**
 * The score of a lead at several instants, by the activities that had occurred by then, which are added in any order. Memory grows
 * with the instants and models, not with the activities: each interval is tallied on its own and the tallies are combined.
 */
export class ScoreCurve {
  private readonly tallies = new Map<CompiledModel, ModelTallies>();

  /** `instants` (ms since 1970) ascend; `models` has the model active at each. */
  constructor(
    private readonly instants: readonly number[],
    private readonly models: readonly CompiledModel[],
  ) {
    for (const model of models)
      if (!this.tallies.has(model)) this.tallies.set(model, { model, parts: instants.map(() => ({})) });
  }

  add(activity: ScorableActivity): void {
    const interval = this.intervalOf(activity.at);
    if (interval === this.instants.length) return;
    for (const { model, parts } of this.tallies.values())
      parts[interval] = tally(model, parts[interval]!, activity);
  }

  /** The scores at the instants; `traits` were known at each, and `accounts` of the lead's account. */
  scores(traits: readonly Traits[], accounts: readonly (AccountFacts | null)[]): Score[] {
    const cumulated = new Map(
      Array.from(this.tallies.values(), ({ model, parts }) => {
        let sum: Tallies = {};
        return [model, parts.map((part) => (sum = combineTallies(model, sum, part)))] as const;
      }),
    );
    return this.instants.map((instant, index) => {
      const model = this.models[index]!;
      const account = accounts[index] ?? undefined;
      return score(model, traits[index]!, cumulated.get(model)![index]!, instant, account);
    });
  }

  /** Index of the first instant that is not before `at`, found by bisection. */
  private intervalOf(at: number): number {
    let [from, to] = [0, this.instants.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.instants[middle]! < at) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
