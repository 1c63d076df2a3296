import { BusClient, outgoing, provisionTopics, Publisher } from '@baton/bus';
import { catalogue, LeadStageChanged, type LeadStageChangedV1 } from '@baton/contracts';
import { Clock, createLogger, signIdentity, start, type Running, type User } from '@baton/platform';
import {
  eventOf,
  eventually,
  httpClient,
  testDatabase,
  testKafka,
  type HttpClient,
  type TestDatabase,
} from '@baton/testing';
import { randomUUID } from 'node:crypto';
import { slaPolicy } from './policy/sla-policy.kind.js';
import type { SlaPolicy } from './policy/sla-policy.js';
import { routing } from './routing.module.js';

/** The time of day plus what a story skips. */
class SkippingClock extends Clock {
  private skipped = 0;

  override now(): Date {
    return new Date(Date.now() + this.skipped);
  }

  skip(hours: number): void {
    this.skipped += hours * 3_600_000;
  }
}

/** An event on the topic `handoffs`, with the version of its hand-off. */
export interface Told {
  readonly type: string;
  readonly handoffId: string;
  readonly sequence: number;
  readonly traceparent: string | undefined;
  readonly data: Record<string, unknown>;
}

const SECRET = 'a-secret-of-the-specs-that-is-long-enough';

export const person = (name: string, role: User['role']): User => ({ id: randomUUID(), name, role });

/** Routing with a broker and a database of its own, leads that become sales-ready, and people who ask. */
export class RoutingHouse {
  readonly clock = new SkippingClock();
  /** Whatever was published to `handoffs`, in order of arrival. */
  readonly told: Told[] = [];
  readonly manager = person('Mia Manager', 'manager');
  readonly marketing = person('Max Marketing', 'marketing');
  private readonly versions = new Map<string, number>();
  private published = 0;
  private running: Running | undefined;
  private readonly closers: (() => Promise<void>)[] = [];

  private constructor(
    readonly db: TestDatabase,
    private readonly environment: Record<string, string>,
    private readonly client: (name: string) => BusClient,
    private readonly publisher: Publisher,
  ) {}

  static async open(): Promise<RoutingHouse> {
    const kafka = await testKafka();
    const log = await createLogger({ name: 'spec', level: 'silent' });
    await provisionTopics({ ...kafka, log, partitions: 2 });
    const db = await testDatabase({
      name: 'routing',
      migrations: routing.migrations,
      entities: [...(routing.entities ?? [])],
    });
    const client = (name: string) => new BusClient({ name, ...kafka, log });
    const publisher = new Publisher(client('scoring'));
    await publisher.start();
    const environment = {
      DATABASE_URL: db.url,
      KAFKA_BROKERS: kafka.brokers.join(','),
      TOPIC_PREFIX: kafka.topicPrefix,
      IDENTITY_SECRET: SECRET,
      LOG_LEVEL: 'silent',
    };
    const house = new RoutingHouse(db, environment, client, publisher);
    await house.listen();
    await house.start();
    return house;
  }

  async start(): Promise<void> {
    const { managementUrl } = (this.running = await start(routing, this.environment, { clock: this.clock }));
    // A consumer that is stopped while it joins stays a member for its whole session, and the next one has to wait for that.
    await eventually(async () => {
      const { status } = await httpClient(managementUrl).get('/health/ready');
      if (status !== 200) throw new Error(`not ready: ${status}`);
    });
  }

  async stop(): Promise<void> {
    await this.running?.stop();
    this.running = undefined;
  }

  async close(): Promise<void> {
    await this.stop();
    await this.publisher.stop();
    for (const close of this.closers) await close();
    await this.db.drop();
  }

  /** The API as this user sees it. */
  async as(user: User): Promise<HttpClient> {
    return httpClient(this.running!.url).with({
      authorization: `Bearer ${await signIdentity(SECRET, user)}`,
    });
  }

  async seller(name: string, settings: object = {}): Promise<User> {
    const user = person(name, 'seller');
    await this.put(user, settings);
    return user;
  }

  async put(user: User, settings: object = {}): Promise<void> {
    const answer = await (
      await this.as(this.manager)
    ).put(`/sellers/${user.id}`, { name: user.name, ...settings });
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  }

  /** Puts a policy in force that differs from the default in these. */
  async sign(change: (policy: any) => void): Promise<string> {
    const document: SlaPolicy = structuredClone(slaPolicy.default);
    change(document);
    const marketing = await this.as(this.marketing);
    const drafted = await marketing.post('/definitions/sla-policy', { document, note: 'for a story' });
    const { id } = drafted.body as { id: string };
    await marketing.post(`/definitions/${id}/sign`, {});
    const signed = await (await this.as(this.manager)).post(`/definitions/${id}/sign`, {});
    if ((signed.body as { state: string }).state !== 'active') throw new Error(JSON.stringify(signed.body));
    return id;
  }

  /** Scoring says these leads moved: sales-ready unless told otherwise. Gives their ids. */
  async leads(count: number, overrides: Partial<LeadStageChangedV1> = {}): Promise<string[]> {
    const leads = Array.from({ length: count }, () =>
      eventOf(LeadStageChanged, {
        leadId: randomUUID(),
        changedAt: this.clock.now().toISOString(),
        ...overrides,
      }),
    );
    await this.publisher.publish(
      leads.map((data) => ({
        ...outgoing(LeadStageChanged, data, this.nextVersion(data.leadId)),
        traceparent: TRACE,
      })),
    );
    this.published += count;
    return leads.map(({ leadId }) => leadId);
  }

  /** The hand-off of a lead as a manager sees it. */
  async handoffOf(leadId: string): Promise<any> {
    const answer = await (await this.as(this.manager)).get(`/handoffs?leadId=${leadId}`);
    return (answer.body as { items: unknown[] }).items[0];
  }

  /** The first hand-off of a new sales-ready lead. */
  async offered(): Promise<any> {
    const [leadId] = await this.leads(1);
    return eventually(async () => {
      const handoff: unknown = await this.handoffOf(leadId!);
      if (!handoff) throw new Error('not offered yet');
      return handoff;
    });
  }

  /** What was told of one hand-off. */
  of(handoffId: string): Told[] {
    return this.told.filter((each) => each.handoffId === handoffId);
  }

  typesOf(handoffId: string): string[] {
    return this.of(handoffId).map(({ type }) => type);
  }

  /** Begins to read again at the start of every topic, as an operator does. */
  async redeliver(): Promise<void> {
    await this.stop();
    await this.db.source.query('delete from positions');
    const admin = this.client('operator').connect({ retries: 5 }).admin();
    await admin.connect();
    await admin.resetOffsets({
      groupId: `${this.environment['TOPIC_PREFIX']}routing`,
      topic: `${this.environment['TOPIC_PREFIX']}leads`,
      earliest: true,
    });
    await admin.disconnect();
    await this.start();
  }

  /** Waits until routing has read every lead's news. */
  async caughtUp(): Promise<void> {
    await eventually(async () => {
      const [row] = await this.db.database.rows<{ read: number }>(
        `select coalesce(sum(next_offset), 0)::integer as read from positions where topic = 'leads'`,
      );
      if (row!.read !== this.published) throw new Error(`${row!.read} of ${this.published} read`);
    });
  }

  private nextVersion(leadId: string): number {
    const version = (this.versions.get(leadId) ?? 0) + 1;
    this.versions.set(leadId, version);
    return version;
  }

  private async listen(): Promise<void> {
    const client = this.client('listener');
    const consumer = client.connect({ retries: 5 }).consumer({ groupId: `${client.prefix}listener` });
    await consumer.connect();
    await consumer.subscribe({ topic: client.physical('handoffs'), fromBeginning: true });
    await consumer.run({
      eachMessage: ({ message }) => {
        const type = String(message.headers?.['ce_type']);
        if (!catalogue.some((contract) => contract.type === type)) throw new Error(`${type} is no contract`);
        const data = JSON.parse(message.value!.toString()) as Record<string, unknown>;
        this.told.push({
          type: type.replace(/^handoff\.(.*)\.v1$/, '$1'),
          handoffId: String(data['handoffId']),
          sequence: Number(message.headers?.['ce_sequence']),
          traceparent: message.headers?.['traceparent']?.toString(),
          data,
        });
        return Promise.resolve();
      },
    });
    this.closers.push(() => consumer.disconnect());
  }
}

const TRACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
