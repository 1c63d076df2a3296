import type { Outgoing, Transaction } from '@baton/bus';
import { Timers, type DueTimer, type FireResult, type TimerHandler } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import type { ActiveDefinitions } from '../definition/active-definitions.js';
import { ActiveDefinitionsCache } from '../definition/active-definitions.cache.js';
import { DEFINITION_TIMER } from '../definition/on-definition-activated.js';
import { LeadHistory } from '../lead/lead-history.js';
import { evaluateLeads } from '../lead/evaluate-leads.js';
import { toOutgoing } from '../lead/lead.outgoing.js';
import { LeadStore } from '../lead/lead.store.js';
import { nextRescoreStep, parseRescoreCursor, type RescoreCursor } from './rescore-cursor.js';

/** Leads per transaction; with another scoring model their histories are read in it. */
const BATCH_SIZE = 250;
const REPEAT_AFTER_MS = 15_000;

/**
 * A signed definition is active: all leads are evaluated with it, without waiting for their next activity. Each firing takes the
 * next batch in the order of lead ids; the key of the timer is the cursor, so a restart continues where it stopped. Leads
 * that are locked meanwhile are evaluated by the transaction that locked them, or in the repetition.
 */
@Injectable()
export class OnDefinitionDue implements TimerHandler {
  readonly kind = DEFINITION_TIMER;

  constructor(
    private readonly leads: LeadStore,
    private readonly history: LeadHistory,
    private readonly definitions: ActiveDefinitionsCache,
    private readonly timers: Timers,
  ) {}

  async fire(due: readonly DueTimer[], clock: Date, tx: Transaction): Promise<FireResult> {
    const definitions = await this.definitions.at(tx, clock);
    const events: Outgoing[] = [];
    for (const { key } of due)
      events.push(...(await this.rescore(tx, parseRescoreCursor(key), definitions, clock)));
    return { events };
  }

  private async rescore(
    tx: Transaction,
    cursor: RescoreCursor,
    definitions: ActiveDefinitions,
    clock: Date,
  ): Promise<Outgoing[]> {
    const now = clock.getTime();
    const outdated = await this.leads.lockOutdated(tx, definitions, cursor.after, BATCH_SIZE);
    const current = await this.history.current(tx, outdated, definitions);
    const outcome = evaluateLeads(current, { definitions, now, cause: 'definition' });
    await this.leads.save(tx, outcome, now);
    const lastId = outdated.length === BATCH_SIZE ? outdated.at(-1)!.id : null;
    const isDone = outdated.length === 0 && !(await this.leads.hasOutdated(tx, definitions));
    const step = nextRescoreStep(cursor, { lastId, isDone }, REPEAT_AFTER_MS);
    if (step) {
      const dueAt = new Date(now + step.delayMs);
      await this.timers.schedule(tx, [{ kind: DEFINITION_TIMER, key: step.key, dueAt }]);
    }
    return toOutgoing(outcome);
  }
}
