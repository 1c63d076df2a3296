import { createHash, randomUUID } from 'node:crypto';
import { BusClient, Sender, topicEnds, toWire } from '@baton/bus';
import { ActivityRecorded, type ActivityRecordedV1 } from '@baton/contracts';
import type { LocalJson } from '@baton/testing';
import { pino } from 'pino';

const ACTIVITIES_PER_LEAD = 10;
const PER_SEND = 1_000;

export const benchClient = (local: LocalJson): BusClient =>
  new BusClient({ name: 'bench', brokers: [local.kafka], log: pino({ level: 'silent' }) });

/** Activity `i` of a round: the first one of each lead names the person, the others are page views and downloads. */
const activity = (i: number, leads: number, round: string): ActivityRecordedV1 => {
  const lead = i % leads;
  const step = Math.floor(i / leads);
  const person = `${round}-${lead}`;
  const first = step === 0;
  return {
    activityId: randomUUID(),
    sourceId: 'bench',
    messageId: `${round}-${i}`,
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

/** A backlog in the topic `activity`. */
export interface Backlog {
  /** Prefix of the message ids and identifiers. */
  readonly round: string;
  readonly activities: number;
  readonly leads: number;
  /** Records in the topic before and after it. */
  readonly from: number;
  readonly to: number;
}

let rounds = 0;

/** Publishes `activities` activities of a tenth as many new leads. */
export const produceBacklog = async (local: LocalJson, activities: number): Promise<Backlog> => {
  const round = `d${Date.now().toString(36)}${rounds++}`;
  const leads = activities / ACTIVITIES_PER_LEAD;
  const client = benchClient(local);
  const sender = new Sender(client);
  await sender.connect();
  try {
    const before = await topicEnds(client, ['activity']);
    for (let at = 0; at < activities; at += PER_SEND) {
      const time = new Date().toISOString();
      const some = Array.from({ length: PER_SEND }, (_, i) => activity(at + i, leads, round));
      await sender.send(some.map((data) => toWire({ contract: ActivityRecorded, data }, 'ingestion', time)));
    }
    const after = await topicEnds(client, ['activity']);
    return { round, activities, leads, from: before['activity']!, to: after['activity']! };
  } finally {
    await sender.disconnect();
  }
};
