import type { Handler, Outgoing, Received, Transaction } from '@baton/bus';
import { DefinitionActivated, type DefinitionActivatedV1 } from '@baton/contracts';
import { Injectable } from '@nestjs/common';
import { DefinitionStore } from './definition.store.js';

/** Stores signed definitions. */
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
