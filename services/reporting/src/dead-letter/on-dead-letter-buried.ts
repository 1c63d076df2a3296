import type { DeadLetter, DeadLetterHandler, Outgoing, Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { DeadLetterStore } from './dead-letter.store.js';

/** Lists what any reader could not handle, so that a person sees it. */
@Injectable()
export class OnDeadLetterBuried implements DeadLetterHandler {
  readonly deadLetters = true;

  constructor(private readonly letters: DeadLetterStore) {}

  async handle(batch: readonly DeadLetter[], tx: Transaction): Promise<readonly Outgoing[]> {
    await this.letters.add(tx, batch);
    return [];
  }
}
