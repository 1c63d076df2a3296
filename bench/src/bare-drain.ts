import { BusClient, Sender } from '@baton/bus';
import type { ActivityRecordedV1 } from '@baton/contracts';
import pg from 'pg';
import { pino } from 'pino';
import { handleBareBatch } from './bare-batch.js';
import { BARE_TABLES } from './bare-tables.js';

/**
 * The reference of the drain bench: reads the same topic, does the same work on tables of its own (identity, history, decayed
 * score, outbox, position, publish, each record exactly once), without definitions, funnel, timers, traces or metrics.
 * `fork('bare-drain.js', [brokers, database, output topic])`; each message `{ from, to }` (offsets by partition) is one
 * round and is answered with `{ seconds, cpuSeconds }`.
 */
const TOPIC = 'activity';
const MAX_BATCH = 500;
const PARTITIONS_AT_ONCE = 3;

interface Round {
  readonly from: Readonly<Record<string, number>>;
  readonly to: Readonly<Record<string, number>>;
}

const [brokers, database, outputTopic] = process.argv.slice(2) as [string, string, string];
const client = new BusClient({
  name: 'bare-drain',
  brokers: [brokers],
  log: pino({ level: 'error' }, process.stderr),
});
const pool = new pg.Pool({ connectionString: database, max: PARTITIONS_AT_ONCE + 1 });
const sender = new Sender(client);
const consumer = client.connect({ retries: 10 }).consumer({
  groupId: `bare-drain-${process.pid}`,
  maxBytesPerPartition: 1024 * 1024,
  maxWaitTimeInMs: 50,
  retry: { retries: 10 },
});
const isActivity = (value: unknown): value is ActivityRecordedV1 => {
  const { activityId, kind, occurredAt, identifiers, properties } = value as Partial<ActivityRecordedV1>;
  return (
    typeof activityId === 'string' &&
    typeof kind === 'string' &&
    !Number.isNaN(Date.parse(String(occurredAt))) &&
    typeof identifiers === 'object' &&
    typeof properties === 'object'
  );
};

interface BareRecord {
  readonly offset: string;
  readonly value: Buffer | null;
}

let remaining = 0;
let round: Round | undefined;
let finish: () => void = () => undefined;

const processBatch = async (partition: number, records: readonly BareRecord[]): Promise<void> => {
  const tx = await pool.connect();
  try {
    await tx.query('begin');
    const { rows } = await tx.query<{ next_offset: string }>({
      name: 'lock position',
      text: 'select next_offset from bare_drain.positions where topic = $1 and partition = $2 for update',
      values: [TOPIC, partition],
    });
    const next = Number(rows[0]?.next_offset ?? Infinity);
    const fresh = records.filter(({ offset }) => Number(offset) >= next);
    const activities = fresh.map(({ value }) => JSON.parse(String(value)) as unknown).filter(isActivity);
    if (activities.length === 0) return void (await tx.query('rollback'));
    const { events, outboxId } = await handleBareBatch(tx, activities, outputTopic);
    await tx.query({
      name: 'advance position',
      text: 'update bare_drain.positions set next_offset = $3 where topic = $1 and partition = $2',
      values: [TOPIC, partition, Number(fresh.at(-1)!.offset) + 1],
    });
    await tx.query('commit');
    await sender.send(events);
    await tx.query({
      name: 'delete outbox',
      text: 'delete from bare_drain.outbox where id = $1',
      values: [outboxId],
    });
    remaining -= fresh.length;
    if (remaining <= 0) finish();
  } catch (fault) {
    await tx.query('rollback');
    throw fault;
  } finally {
    tx.release();
  }
};

const run = async ({ from, to }: Round): Promise<{ seconds: number; cpuSeconds: number }> => {
  for (const [partition, offset] of Object.entries(from)) {
    await pool.query(
      `insert into bare_drain.positions values ($1, $2, $3)
       on conflict (topic, partition) do update set next_offset = excluded.next_offset`,
      [TOPIC, Number(partition), offset],
    );
  }
  round = { from, to };
  remaining = Object.entries(to).reduce((sum, [partition, end]) => sum + end - from[partition]!, 0);
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const cpu = process.cpuUsage();
  const started = performance.now();
  for (const [partition, offset] of Object.entries(from)) {
    consumer.seek({ topic: TOPIC, partition: Number(partition), offset: String(offset) });
  }
  consumer.resume([{ topic: TOPIC }]);
  await finished;
  const seconds = (performance.now() - started) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  consumer.pause([{ topic: TOPIC }]);
  round = undefined;
  return { seconds, cpuSeconds: (user + system) / 1_000_000 };
};

await pool.query(BARE_TABLES);
await sender.connect();
await consumer.connect();
await consumer.subscribe({ topic: TOPIC });
const joined = new Promise<void>((resolve) => consumer.on(consumer.events.GROUP_JOIN, () => resolve()));
await consumer.run({
  autoCommit: false,
  partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
  eachBatch: async ({ batch, resolveOffset, heartbeat }) => {
    // Records beyond the round belong to a later one.
    const end = round?.to[String(batch.partition)] ?? 0;
    const records = batch.messages.filter(({ offset }) => Number(offset) < end);
    for (let at = 0; at < records.length; at += MAX_BATCH) {
      const some = records.slice(at, at + MAX_BATCH);
      await processBatch(batch.partition, some);
      resolveOffset(some.at(-1)!.offset);
      await heartbeat();
    }
  },
});
await joined;
consumer.pause([{ topic: TOPIC }]);

process.on('message', (message: Round) => {
  void run(message).then((result) => process.send!(result));
});
process.on('disconnect', () => process.exit(0));
process.send!('ready');
