import type { Transaction } from '@baton/bus';
import type { DueTimer, FireResult, TimerHandler } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import { matchesOf } from '../account/account-match.js';
import { AccountStore } from '../account/account.store.js';
import { ACCOUNT_TIMER } from '../account/on-account-counts-due.js';
import { ActiveDefinitionsCache } from '../definition/active-definitions.cache.js';
import { evaluateLeads } from '../lead/evaluate-leads.js';
import { LeadHistory } from '../lead/lead-history.js';
import { toOutgoing } from '../lead/lead.outgoing.js';
import { LeadStore } from '../lead/lead.store.js';

/** Leads per transaction, of all due accounts. */
const BATCH_SIZE = 250;

/**
 * Other conditions on an account hold than before: its leads are evaluated again, a batch in each firing. An account stays due until
 * no lead of it is left, those that other transactions have locked included: they may be evaluated there with the earlier facts.
 */
@Injectable()
export class OnAccountChanged implements TimerHandler {
  readonly kind = ACCOUNT_TIMER;

  constructor(
    private readonly accounts: AccountStore,
    private readonly leads: LeadStore,
    private readonly history: LeadHistory,
    private readonly definitions: ActiveDefinitionsCache,
  ) {}

  async fire(due: readonly DueTimer[], clock: Date, tx: Transaction): Promise<FireResult> {
    const now = clock.getTime();
    const definitions = await this.definitions.at(tx, clock);
    if (!definitions.model.readsAccount) return { events: [] };
    const accounts = await this.accounts.of(
      tx,
      due.map(({ key }) => key),
    );
    const matches = matchesOf(definitions.model, accounts);
    const outdated = await this.leads.lockOutdatedIn(tx, matches, BATCH_SIZE);
    const current = await this.history.current(tx, outdated, definitions);
    const outcome = evaluateLeads(current, { definitions, now, cause: 'account' });
    await this.leads.save(tx, outcome, now);
    return { events: toOutgoing(outcome), busy: await this.accounts.outdated(tx, matches) };
  }
}
