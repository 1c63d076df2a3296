import { Database } from '@baton/bus';
import { Clock, DomainError } from '@baton/platform';
import { Timers } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import { ActiveDefinitionsCache } from '../definition/active-definitions.cache.js';
import { funnelKind } from '../definition/funnel.kind.js';
import { scoringModelKind } from '../definition/scoring-model.kind.js';
import { shadowTimer } from './on-shadow-due.js';
import { ShadowStore, type Shadow } from './shadow.store.js';

/** Starts and stops the shadow; one runs at a time. */
@Injectable()
export class RunShadow {
  constructor(
    private readonly shadows: ShadowStore,
    private readonly definitions: ActiveDefinitionsCache,
    private readonly timers: Timers,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `not-found` for an unknown version, `conflict` while one runs */
  async start(chosen: Pick<Shadow, 'scoringModelId' | 'funnelId' | 'startedBy'>): Promise<void> {
    const { scoringModelId, funnelId } = chosen;
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      if (scoringModelId !== null) await this.definitions.version(tx, scoringModelKind, scoringModelId);
      if (funnelId !== null) await this.definitions.version(tx, funnelKind, funnelId);
      if (!(await this.shadows.start(tx, chosen, now)))
        throw new DomainError('conflict', 'Another version runs in shadow; stop it first.');
      await this.timers.schedule(tx, [shadowTimer(now)]);
    });
  }

  async stop(): Promise<void> {
    await this.database.transaction((tx) => this.shadows.stop(tx, this.clock.now()));
  }
}
