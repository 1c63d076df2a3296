import { BusClient, topicEnds } from '@baton/bus';
import { eventually, type LocalJson } from '@baton/testing';
import { expect } from '@jest/globals';
import pg from 'pg';
import { pino } from 'pino';

/** Topics each schema consumes. */
const READS: Readonly<Record<string, readonly string[]>> = {
  scoring: ['activity', 'handoffs'],
  routing: ['leads'],
  reporting: ['activity', 'leads', 'handoffs'],
};

/** Queries the database as superuser, bypassing the services. */
export const query = async <Row extends object>(
  local: LocalJson,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> => {
  const client = new pg.Client(local.database);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
};

/** The single number a query returns. */
export const count = async (local: LocalJson, sql: string, values: unknown[] = []): Promise<number> =>
  Number(Object.values((await query<Record<string, string>>(local, sql, values))[0]!)[0]);

/** Reasons of the dead letters of all services, each once. */
export const deadLetterReasons = async (local: LocalJson): Promise<string[]> => {
  const letters = Object.keys(READS).map((schema) => `select reason from ${schema}.dead_letters`);
  const rows = await query<{ reason: string }>(local, letters.join(' union '));
  return rows.map(({ reason }) => reason);
};

export const busClientOf = (local: LocalJson): BusClient =>
  new BusClient({ name: 'e2e', brokers: [local.kafka], log: pino({ level: 'silent' }) });

/** Waits until the position of every reader equals the end of its topics. */
export const waitUntilCaughtUp = async (local: LocalJson): Promise<void> => {
  await eventually(
    async () => {
      const ends = await topicEnds(busClientOf(local), ['activity', 'leads', 'handoffs']);
      for (const [schema, topics] of Object.entries(READS)) {
        for (const topic of topics) {
          const read = await count(
            local,
            `select coalesce(min(total), 0) from (select sum(next_offset) as total from ${schema}.positions
             where topic = $1 and reader not like '%~rebuild' group by reader) readers`,
            [topic],
          );
          expect([schema, topic, read]).toEqual([schema, topic, ends[topic]]);
        }
      }
    },
    { within: 60_000, every: 200 },
  );
};
