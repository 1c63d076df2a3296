import { Outbox, type Database, type Outgoing, type Received } from '@baton/bus';
import { ActivityRecorded, type ActivityRecordedV1 } from '@baton/contracts';
import { Definitions } from '@baton/definitions';
import { Clock } from '@baton/platform';
import { testDatabase, type TestDatabase } from '@baton/testing';
import { Timers } from '@baton/timers';
import { AccountStore } from '../account/account.store.js';
import { ActivityStore } from '../activity/activity.store.js';
import { ActiveDefinitionsCache } from '../definition/active-definitions.cache.js';
import { funnelKind } from '../definition/funnel.kind.js';
import { scoringModelKind } from '../definition/scoring-model.kind.js';
import { scoring } from '../scoring.module.js';
import { LeadHistory } from './lead-history.js';
import { MergeLeads } from './merge-leads.js';
import { MovedLeads } from './moved-leads.js';
import { LeadStore } from './lead.store.js';
import { OnActivityRecorded } from './on-activity-recorded.js';

/** Runs the event handler of activities on a real database, without Kafka. */
export class TestBatches {
  private constructor(
    readonly db: TestDatabase,
    private readonly handler: OnActivityRecorded,
    /** Its events are not published. */
    readonly merges: MergeLeads,
  ) {}

  static async start(): Promise<TestBatches> {
    const db = await testDatabase({ name: 'scoring', migrations: scoring.migrations });
    const clock = new Clock();
    const outbox = transactionsOf(db.database);
    const definitions = new Definitions([funnelKind, scoringModelKind], outbox);
    await definitions.installDefaults(clock.now());
    const activities = new ActivityStore();
    const history = new LeadHistory(activities, new AccountStore());
    const leads = new LeadStore(new Timers(clock));
    const moved = new MovedLeads(history);
    const active = new ActiveDefinitionsCache(definitions);
    const handler = new OnActivityRecorded(leads, activities, history, moved, active, clock);
    return new TestBatches(db, handler, new MergeLeads(outbox, leads, history, moved, active, clock));
  }

  /** Handles a batch in one transaction, and gives the events to publish. */
  async handle(activities: readonly ActivityRecordedV1[]): Promise<Outgoing[]> {
    return this.db.database.transaction((tx) => this.handler.handle(activities.map(received), tx));
  }

  /** Removes all leads and activities. */
  async reset(): Promise<void> {
    await this.db.database.rows(
      'truncate leads, lead_list, lead_standings, identifiers, links, activity_ids, activities, stage_changes, timers, match_keys, duplicates, accounts, account_changes',
    );
  }
}

const received = (data: ActivityRecordedV1): Received<ActivityRecordedV1> => ({
  contract: ActivityRecorded,
  id: data.activityId,
  source: 'ingestion',
  subject: data.personKey,
  time: new Date(data.receivedAt),
  data,
  position: { topic: 'activity', partition: 0, offset: 0n },
});

/** The transactions of an outbox whose events are not published. */
const transactionsOf = (database: Database): Outbox =>
  Object.assign(Object.create(Outbox.prototype) as Outbox, {
    transact: async <Result>(work: Parameters<Outbox['transact']>[0]): Promise<Result> =>
      (await database.transaction(work)).result as Result,
  });
