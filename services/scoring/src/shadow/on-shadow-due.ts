import type { Transaction } from '@baton/bus';
import { Timers, type DueTimer, type FireResult, type Timer, type TimerHandler } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import type { ReplayedLead } from '../backtest/replayed-lead.js';
import { ReplayHistoryStore } from '../backtest/replay-history.store.js';
import { ActiveDefinitionsCache } from '../definition/active-definitions.cache.js';
import { funnelKind } from '../definition/funnel.kind.js';
import { scoringModelKind } from '../definition/scoring-model.kind.js';
import { ShadowStore } from './shadow.store.js';

/** Leads per transaction; several changes of one lead between two of them are one evaluation. */
const MAX_CHANGES = 200;
const EVERY_MS = 3_000;
const SHADOW_TIMER = 'shadow';

/** The one timer of a running shadow. */
export const shadowTimer = (dueAt: Date): Timer => ({ kind: SHADOW_TIMER, key: SHADOW_TIMER, dueAt });

/**
 * Evaluates the leads that changed, from their history, with the draft and with what is active: a second set of tallies would have to be
 * kept by every batch. Nothing is published and no lead is changed.
 */
@Injectable()
export class OnShadowDue implements TimerHandler {
  readonly kind = SHADOW_TIMER;

  constructor(
    private readonly shadows: ShadowStore,
    private readonly history: ReplayHistoryStore,
    private readonly active: ActiveDefinitionsCache,
    private readonly timers: Timers,
  ) {}

  async fire(_due: readonly DueTimer[], clock: Date, tx: Transaction): Promise<FireResult> {
    const shadow = await this.shadows.latest(tx);
    if (!shadow || shadow.stoppedAt !== null) return { events: [] };
    const changed = await this.shadows.takeChanged(tx, MAX_CHANGES);
    if (changed.length > 0) {
      const active = await this.active.at(tx, clock);
      const { scoringModelId, funnelId } = shadow;
      const draft = {
        model: scoringModelId
          ? await this.active.version(tx, scoringModelKind, scoringModelId)
          : active.model,
        funnel: funnelId ? await this.active.version(tx, funnelKind, funnelId) : active.funnel,
      };
      const results: ReplayedLead[] = [];
      await this.history.replay(await this.history.leads(changed), {
        definitions: { draft, active },
        now: clock.getTime(),
        onLead: (lead) => results.push(lead),
      });
      await this.shadows.save(tx, changed, results, clock.getTime());
    }
    const pause =
      changed.length === 0 ? EVERY_MS : Math.max(0, EVERY_MS * (1 - changed.length / MAX_CHANGES));
    await this.timers.schedule(tx, [shadowTimer(new Date(clock.getTime() + pause))]);
    return { events: [] };
  }
}
