import type { Outgoing, Transaction } from '@baton/bus';
import type { ActivationHandler, ActiveDefinition } from '@baton/definitions';
import { Timers } from '@baton/timers';
import { Injectable } from '@nestjs/common';

/** The kind of the timers that bring every lead to the definitions in force; see `OnDefinitionDue`. */
export const DEFINITION = 'definition';

/** Both teams signed a scoring model or a funnel: from its instant on it is what every lead is measured by. */
@Injectable()
export class OnDefinitionActivated implements ActivationHandler {
  constructor(private readonly timers: Timers) {}

  async activated(tx: Transaction, { id, activeFrom }: ActiveDefinition): Promise<readonly Outgoing[]> {
    await this.timers.schedule(tx, [{ kind: DEFINITION, key: id, dueAt: activeFrom }]);
    return [];
  }
}
