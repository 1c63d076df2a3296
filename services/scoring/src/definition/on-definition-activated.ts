import type { Outgoing, Transaction } from '@baton/bus';
import type { ActivationHandler, ActiveDefinition } from '@baton/definitions';
import { Timers } from '@baton/timers';
import { Injectable } from '@nestjs/common';

/** Timer kind of the job that re-evaluates all leads; see `OnDefinitionDue`. */
export const DEFINITION_TIMER = 'definition';

/** Both teams signed a scoring model or a funnel: all leads are re-evaluated when it becomes active. */
@Injectable()
export class OnDefinitionActivated implements ActivationHandler {
  constructor(private readonly timers: Timers) {}

  async activated(tx: Transaction, { id, activeFrom }: ActiveDefinition): Promise<readonly Outgoing[]> {
    await this.timers.schedule(tx, [{ kind: DEFINITION_TIMER, key: id, dueAt: activeFrom }]);
    return [];
  }
}
