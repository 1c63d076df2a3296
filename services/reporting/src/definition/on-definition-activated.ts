import type { Handler, Outgoing, Received, Transaction } from '@baton/bus';
import { DefinitionActivated, type DefinitionActivatedV1 } from '@baton/contracts';
import { Injectable } from '@nestjs/common';
import { DefinitionStore } from './definition.store.js';

/** Remembers what both teams signed: the names and the order of the stages stand there. */
@Injectable()
export class OnDefinitionActivated implements Handler {
  readonly events = [DefinitionActivated];

  constructor(private readonly definitions: DefinitionStore) {}

  async handle(
    batch: readonly Received<DefinitionActivatedV1>[],
    tx: Transaction,
  ): Promise<readonly Outgoing[]> {
    await this.definitions.add(
      tx,
      batch.map((message) => message.data),
    );
    return [];
  }
}
