import { outgoing, type Outgoing, type Received, type Unversioned } from '@baton/bus';
import {
  ActivityRecorded,
  HandoffAccepted,
  HandoffOffered,
  LeadCreated,
  LeadStageChanged,
} from '@baton/contracts';
import { eventOf, eventually, received } from '@baton/testing';
import { TestService } from '@baton/testing/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { onActivityRecorded, onLeadMoved } from './facts.example.js';
import { reporting } from './reporting.module.js';

const CAMPAIGNS = 40;
let service: TestService;

beforeAll(async () => {
  service = await TestService.start(reporting, { partitions: 6 });
  await service.startAnother();
}, 120_000);
afterAll(() => service?.close());

const rows = <Row extends object>(sql: string) => service.database.database.rows<Row>(sql);
const sum = async (column: string, table: string, where = 'true'): Promise<number> => {
  const [row] = await rows<{ sum: number }>(
    `select coalesce(sum(${column}), 0)::int as sum from ${table} where ${where}`,
  );
  return row!.sum;
};
const deadlocks = async (): Promise<number> => {
  // A session in a deadlock waits a second before it is detected; it writes its counters with the end of such a transaction.
  await rows('select pg_stat_force_next_flush()');
  const [row] = await rows<{ deadlocks: number }>(
    'select deadlocks::int from pg_stat_database where datname = current_database()',
  );
  return row!.deadlocks;
};
const campaign = (i: number): string => `campaign-${(i * 7) % CAMPAIGNS}`;

describe('two processes', () => {
  it('count exactly under load, without deadlocks', async () => {
    const before = await deadlocks();
    const events: (Outgoing | Unversioned)[] = [];
    for (let i = 0; i < 3_000; i += 1) {
      const leadId = randomUUID();
      const data = eventOf(
        ActivityRecorded,
        { personKey: leadId, campaign: { name: campaign(i) } },
        'activityId',
      );
      events.push(
        { contract: ActivityRecorded, data },
        ...(i % 10 === 0 ? [{ contract: ActivityRecorded, data }] : []),
        outgoing(LeadCreated, eventOf(LeadCreated, { leadId, campaign: campaign(i) }), 1),
        outgoing(LeadStageChanged, eventOf(LeadStageChanged, { leadId }), 2),
        outgoing(HandoffOffered, eventOf(HandoffOffered, { leadId, handoffId: leadId }), 1),
        outgoing(HandoffAccepted, eventOf(HandoffAccepted, { leadId, handoffId: leadId }), 2),
      );
    }
    await service.publish(...events);
    await eventually(
      async () => {
        expect(await sum('1', 'people', 'created_at is not null')).toBe(3_000);
        expect(await sum('1', 'people', `'mql' = any(stages)`)).toBe(3_000);
        expect(await sum('touches', 'touch_counts')).toBe(3_000);
        expect(await sum('1', 'handoff_facts', 'accepted_at is not null and accept_due_at is not null')).toBe(
          3_000,
        );
      },
      { within: 60_000 },
    );
    await service.caughtUp();
    expect(await deadlocks()).toBe(before);
  }, 120_000);

  it('write the same rows in one order, however their messages are ordered', async () => {
    const before = await deadlocks();
    const [leads, touches] = [
      await sum('1', 'people', 'created_at is not null'),
      await sum('touches', 'touch_counts'),
    ];
    const { database } = service.database;
    const batch = (partition: number, descending: boolean) => {
      const order = Array.from({ length: CAMPAIGNS }, (_, i) => (descending ? CAMPAIGNS - 1 - i : i));
      const position = { topic: 'x', partition, offset: 0n };
      return {
        leads: order.map((i): Received =>
          received(LeadCreated, eventOf(LeadCreated, { campaign: `campaign-${i}` }, 'leadId'), { position }),
        ),
        activities: order.map((i): Received<any> =>
          received(
            ActivityRecorded,
            eventOf(ActivityRecorded, { campaign: { name: `campaign-${i}` } }, 'activityId'),
            { position },
          ),
        ),
      };
    };
    const writer = async (partition: number): Promise<void> => {
      for (let round = 0; round < 30; round += 1) {
        const { leads: created, activities } = batch(partition, partition % 2 === 0);
        await database.transaction((tx) => onLeadMoved.handle(created, tx));
        await database.transaction((tx) => onActivityRecorded.handle(activities, tx));
      }
    };
    await Promise.all([101, 102, 103, 104].map(writer));
    expect(await sum('1', 'people', 'created_at is not null')).toBe(leads + 4 * 30 * CAMPAIGNS);
    expect(await sum('touches', 'touch_counts')).toBe(touches + 4 * 30 * CAMPAIGNS);
    expect(await deadlocks()).toBe(before);
  }, 120_000);
});
