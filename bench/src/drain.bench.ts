import { createHash, randomUUID } from 'node:crypto';
import { ActivityRecorded, type ActivityRecordedV1 } from '@baton/contracts';
import { BusClient, Sender, toWire } from '@baton/bus';
import { eventually, type LocalJson } from '@baton/testing';
import pg from 'pg';
import { pino } from 'pino';
import { mustEqual, type Result } from './result.js';

const ACTIVITIES = 200_000;
const LEADS = 20_000;
const PER_SEND = 1_000;

const activity = (i: number, run: string): ActivityRecordedV1 => {
  const lead = i % LEADS;
  const step = Math.floor(i / LEADS);
  const person = `${run}-${lead}`;
  const first = step === 0;
  return {
    activityId: randomUUID(),
    sourceId: 'bench',
    messageId: `${run}-${i}`,
    kind: first ? 'identify' : step % 3 === 0 ? 'track' : 'page',
    name: first ? '' : step % 3 === 0 ? 'White Paper Downloaded' : 'Products',
    occurredAt: new Date(Date.now() - (20 - step) * 60_000).toISOString(),
    receivedAt: new Date().toISOString(),
    personKey: createHash('sha256').update(person).digest('hex').slice(0, 32),
    identifiers: first
      ? { email: `${person}@company${lead % 500}.example`, anonymousId: person }
      : { anonymousId: person },
    traits: first ? { name: `Lead ${lead}`, company: `Company ${lead % 500}`, employees: lead % 1000 } : {},
    properties: { title: 'Products', plan: 'team', note: 'x'.repeat(200) },
    channel: 'paid-search',
    campaign: { name: 'bench', source: 'google', medium: 'cpc' },
    pageUrl: 'https://www.engines.example/products',
    ...(first ? { marketingConsent: true } : {}),
    bot: false,
  };
};

/** Everything prepared in the topic while scoring sleeps; then how fast one process works it off. */
export const benchDrain = async (local: LocalJson): Promise<Result[]> => {
  const run = `d${Date.now().toString(36)}`;
  const sender = new Sender(
    new BusClient({ name: 'bench', brokers: [local.kafka], log: pino({ level: 'silent' }) }),
  );
  const database = new pg.Client(local.database);
  await Promise.all([sender.connect(), database.connect()]);
  const { scoring, routing, reporting } = local.pids;
  try {
    // Only the time of scoring is asked for here, so those who read what it says wait until it is done.
    for (const pid of [reporting!, routing!, scoring!]) process.kill(pid, 'SIGSTOP');
    for (let at = 0; at < ACTIVITIES; at += PER_SEND) {
      const time = new Date().toISOString();
      const some = Array.from({ length: PER_SEND }, (_, i) => activity(at + i, run));
      await sender.send(some.map((data) => toWire({ contract: ActivityRecorded, data }, 'ingestion', time)));
    }
    const began = performance.now();
    process.kill(scoring!, 'SIGCONT');
    const kept = async () => {
      const { rows } = await database.query<{ n: string }>(
        `select coalesce(sum(next_offset), 0) as n from scoring.positions where topic = 'activity'`,
      );
      return Number(rows[0]!.n);
    };
    const already = await kept();
    await eventually(async () => mustEqual('activities read', (await kept()) - already, ACTIVITIES), {
      within: 240_000,
      every: 50,
    });
    const seconds = (performance.now() - began) / 1_000;
    const { rows } = await database.query<{ activities: string; leads: string }>(
      `select (select count(*) from scoring.activities where source_id = 'bench' and message_id like $1) as activities,
              (select count(*) from scoring.identifiers where kind = 'email' and value like $1) as leads`,
      [`${run}-%`],
    );
    mustEqual('activities in the history', Number(rows[0]!.activities), ACTIVITIES);
    mustEqual('leads', Number(rows[0]!.leads), LEADS);
    const detail = `${ACTIVITIES.toLocaleString('en-US')} activities of ${LEADS.toLocaleString('en-US')} leads, each once in the history`;
    return [
      {
        name: 'scoring drain, one process',
        value: ACTIVITIES / seconds,
        unit: 'events/s',
        goal: { atLeast: 8_000 },
        detail,
      },
    ];
  } finally {
    for (const pid of [reporting!, routing!, scoring!]) process.kill(pid, 'SIGCONT');
    await Promise.allSettled([sender.disconnect(), database.end()]);
  }
};
