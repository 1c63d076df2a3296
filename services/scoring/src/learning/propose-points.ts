import { Database } from '@baton/bus';
import { Definitions, type ActiveDefinition, type Definition } from '@baton/definitions';
import { Clock, DomainError, type User } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { scoringModelKind } from '../definition/scoring-model.kind.js';
import type { ScoringModel } from '../model/scoring-model.js';
import { judgedOf } from './example-row.js';
import { ExampleStore } from './example.store.js';
import { proposalsOf, withProposals, type Proposal } from './proposal.js';

/** Newest hand-offs that are looked at: few enough for a request. */
const MAX_HANDOFFS = 5_000;

/** Other points for the rules of the active scoring model, by what sales said about hand-offs. */
@Injectable()
export class ProposePoints {
  constructor(
    private readonly examples: ExampleStore,
    private readonly definitions: Definitions,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async proposals(): Promise<readonly Proposal[]> {
    return (await this.evidence()).proposals;
  }

  /** Labels of the rules of the active scoring model, by key. */
  async labels(): Promise<ReadonlyMap<string, string>> {
    const { rules } = (await this.inForce()).document;
    return new Map(rules.map(({ key, label }) => [key, label]));
  }

  /**
   * Drafts a scoring model with the proposed points, which both teams sign or leave.
   * @throws DomainError `unprocessable` when there is nothing to propose
   */
  async draft(by: User): Promise<Definition> {
    const { model, proposals } = await this.evidence();
    if (proposals.length === 0)
      throw new DomainError(
        'unprocessable',
        'The verdicts of sales give no reason to change the points of a rule.',
      );
    const note = ['By the verdicts of sales:', ...proposals.map(({ words }) => words)]
      .join('\n')
      .slice(0, 1_000);
    const command = { document: withProposals(model, proposals), note, by: { id: by.id, name: by.name } };
    return this.definitions.draft(scoringModelKind.name, command, this.clock.now());
  }

  private async evidence(): Promise<{ model: ScoringModel; proposals: readonly Proposal[] }> {
    const { document } = await this.inForce();
    const rows = await this.examples.newest(MAX_HANDOFFS);
    return { model: document, proposals: proposalsOf(document, judgedOf(rows)) };
  }

  private inForce(): Promise<ActiveDefinition<ScoringModel>> {
    return this.definitions.inForce(this.database, scoringModelKind, this.clock.now());
  }
}
