import { columnsUsedBy, probabilitiesOf, termsOf } from '@baton/learning';
import { Injectable } from '@nestjs/common';
import type { CompiledModel } from '../model/compiled-model.js';
import { columnsOfFacts } from './fact-columns.js';
import { factsOf, type Subject } from './facts.js';
import { LearnedModelStore, type LearnedModel } from './learned-model.store.js';
import { wordsOfTerm } from './term-words.js';

const MAX_TERMS = 5;

export interface LeadProbability {
  /** Inside (0, 1). */
  readonly value: number;
  readonly learnedModelId: string;
  /** Its largest terms in words, largest first. */
  readonly reasons: readonly string[];
}

/** Keeps the active model in memory; a query by its id tells when it was replaced. */
@Injectable()
export class LeadProbabilities {
  private cached: LearnedModel | undefined;

  constructor(private readonly models: LearnedModelStore) {}

  /** The probability that a hand-off of the lead at `now` (ms since 1970) would be worth it; null without a model. */
  async of(lead: Subject, model: CompiledModel, now: number): Promise<LeadProbability | null> {
    const learned = await this.active();
    if (!learned) return null;
    const columns = columnsOfFacts([factsOf(model, lead, now)], columnsUsedBy(learned.model));
    const [value] = probabilitiesOf(learned.model, columns, 1);
    const [terms] = termsOf(learned.model, learned.averages, { columns, rows: 1, most: MAX_TERMS });
    const labels = new Map(model.document.rules.map(({ key, label }) => [key, label]));
    return {
      value: value!,
      learnedModelId: learned.id,
      reasons: terms!.map((term) => wordsOfTerm(term, labels)),
    };
  }

  private async active(): Promise<LearnedModel | undefined> {
    const id = await this.models.activeId();
    if (id !== this.cached?.id) this.cached = id === undefined ? undefined : await this.models.active();
    return this.cached;
  }
}
