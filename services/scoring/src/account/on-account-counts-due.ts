import type { Database, Transaction } from '@baton/bus';
import { Timers, type DueTimer, type FireResult, type Timer, type TimerHandler } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import { ActiveDefinitionsCache } from '../definition/active-definitions.cache.js';
import { AccountCountStore } from './account-count.store.js';
import { matchesOf } from './account-match.js';
import { AccountStore } from './account.store.js';

const COUNT_TIMER = 'account-count';
/** Timers of this kind have the domain of an account as key. */
export const ACCOUNT_TIMER = 'account';
const COUNT_EVERY_MS = 2_000;

/** The one timer of its kind. */
const nextCount = (now: Date, delayMs: number): Timer => ({
  kind: COUNT_TIMER,
  key: 'changed',
  dueAt: new Date(now.getTime() + delayMs),
});

/**
 * Counts the accounts whose leads changed, every 2 s. Where other conditions of the scoring model hold since, the leads of the account
 * are evaluated again, by timers of their own.
 */
@Injectable()
export class OnAccountCountsDue implements TimerHandler {
  readonly kind = COUNT_TIMER;

  constructor(
    private readonly counts: AccountCountStore,
    private readonly accounts: AccountStore,
    private readonly definitions: ActiveDefinitionsCache,
    private readonly timers: Timers,
  ) {}

  async fire(_due: readonly DueTimer[], now: Date, tx: Transaction): Promise<FireResult> {
    const { domains, isMore } = await this.counts.take(tx, now);
    const next = nextCount(now, isMore ? 0 : COUNT_EVERY_MS);
    await this.timers.schedule(tx, [next, ...(await this.evaluationsAfter(tx, domains, now))]);
    return { events: [] };
  }

  private async evaluationsAfter(tx: Transaction, domains: readonly string[], now: Date): Promise<Timer[]> {
    if (domains.length === 0) return [];
    await this.counts.count(tx, domains, now);
    const { model } = await this.definitions.at(tx, now);
    if (!model.readsAccount) return [];
    const matches = matchesOf(model, await this.accounts.of(tx, domains));
    const outdated = await this.accounts.outdated(tx, matches);
    return outdated.map((key) => ({ kind: ACCOUNT_TIMER, key, dueAt: now }));
  }
}

/** Schedules the first count. */
export const ensureAccountCounts = async (database: Database, timers: Timers, now: Date): Promise<void> => {
  if ((await timers.next(database, COUNT_TIMER)) !== undefined) return;
  await database.transaction((tx) => timers.schedule(tx, [nextCount(now, 0)]));
};
