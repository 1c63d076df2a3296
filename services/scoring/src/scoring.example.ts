import { BusClient, outgoing, provisionTopics, Publisher, type Outgoing, type Unversioned } from '@baton/bus';
import {
  ActivityRecorded,
  catalogue,
  type ActivityRecordedV1,
  type DealEventData,
  type EventContract,
  type HandoffEventData,
} from '@baton/contracts';
import { Clock, createLogger, start, type Running, type User } from '@baton/platform';
import {
  eventOf,
  eventually,
  httpClient,
  testDatabase,
  testKafka,
  type HttpClient,
  type TestDatabase,
} from '@baton/testing';
import { bearerOf, identityEnvironment, testUser } from '@baton/testing/service';
import { createHash, randomUUID } from 'node:crypto';
import { scoring } from './scoring.module.js';

/** System time plus the days skipped by a spec. */
export class SkippingClock extends Clock {
  private skipped = 0;

  override now(): Date {
    return new Date(Date.now() + this.skipped);
  }

  skip(days: number): void {
    this.skipped += days * 86_400_000;
  }
}

/** An event published by scoring. */
export interface PublishedEvent {
  readonly type: string;
  readonly leadId: string;
  readonly sequence: number;
  readonly traceparent: string | undefined;
  readonly data: any;
}

export const TRACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

/** A scoring service with its own topics and database, with publishers in the roles of ingestion and routing. */
export class TestScoring {
  readonly clock = new SkippingClock();
  /** The events published to `leads`, in order of arrival. */
  readonly events: PublishedEvent[] = [];
  readonly manager = testUser('Mia Manager', 'manager');
  readonly marketing = testUser('Max Marketing', 'marketing');
  readonly seller = testUser('Sam Seller', 'seller');
  private readonly published = { activity: 0, handoffs: 0 };
  private readonly versions = new Map<string, number>();
  private running: Running | undefined;
  private readonly closers: (() => Promise<void>)[] = [];

  private constructor(
    readonly db: TestDatabase,
    private readonly environment: Record<string, string>,
    private readonly client: (name: string) => BusClient,
    private readonly publishers: { readonly ingestion: Publisher; readonly routing: Publisher },
  ) {}

  static async open(): Promise<TestScoring> {
    const kafka = await testKafka();
    const log = await createLogger({ name: 'spec', level: 'silent' });
    await provisionTopics({ ...kafka, log, partitions: 3 });
    const db = await testDatabase({ name: 'scoring', migrations: scoring.migrations });
    const client = (name: string) => new BusClient({ name, ...kafka, log });
    const publishers = {
      ingestion: new Publisher(client('ingestion')),
      routing: new Publisher(client('routing')),
    };
    for (const publisher of Object.values(publishers)) await publisher.start();
    const environment = {
      DATABASE_URL: db.url,
      KAFKA_BROKERS: kafka.brokers.join(','),
      TOPIC_PREFIX: kafka.topicPrefix,
      ...identityEnvironment,
      LOG_LEVEL: 'silent',
    };
    const app = new TestScoring(db, environment, client, publishers);
    await app.listen();
    await app.start();
    return app;
  }

  async start(): Promise<void> {
    this.running = await start(scoring, this.environment, { clock: this.clock });
  }

  async stop(): Promise<void> {
    await this.running?.stop();
    this.running = undefined;
  }

  async close(): Promise<void> {
    await this.stop();
    for (const publisher of Object.values(this.publishers)) await publisher.stop();
    for (const close of this.closers) await close();
    await this.db.drop();
  }

  /** Moves the clock, and makes the timers look for due ones. */
  async skipDays(days: number): Promise<void> {
    this.clock.skip(days);
    for (const { kind } of await this.db.database.rows<{ kind: string }>('select distinct kind from timers'))
      await this.db.database.rows(`select pg_notify('timers:' || current_schema(), $1)`, [`${kind} 0`]);
  }

  /** An HTTP client signed in as this user. */
  as(user: User): Promise<HttpClient> {
    return Promise.resolve(httpClient(this.running!.url).with(bearerOf(user, 'scoring')));
  }

  /** An activity of now, keyed as ingestion keys it; another `personKey` selects another partition. */
  activity(more: Partial<ActivityRecordedV1> = {}): ActivityRecordedV1 {
    const now = this.clock.now().toISOString();
    const { identifiers = { anonymousId: randomUUID() } } = more;
    const { anonymousId, userId, email } = identifiers;
    const personKey = createHash('sha256')
      .update(anonymousId ?? userId ?? email ?? '')
      .digest('hex')
      .slice(0, 32);
    return eventOf(ActivityRecorded, {
      activityId: randomUUID(),
      messageId: randomUUID(),
      occurredAt: now,
      receivedAt: now,
      personKey,
      identifiers,
      kind: 'page',
      name: '',
      traits: {},
      properties: {},
      campaign: undefined,
      pageUrl: undefined,
      referrer: undefined,
      marketingConsent: undefined,
      ...more,
    });
  }

  /** A form submission that makes an unknown visitor sales-ready at once. */
  salesReadyForm(email: string, more: Partial<ActivityRecordedV1> = {}): ActivityRecordedV1 {
    return this.activity({
      kind: 'form',
      name: 'contact',
      identifiers: { email },
      marketingConsent: true,
      traits: { name: 'Ada King', company: 'Engines Ltd', jobTitle: 'Head of Operations', employees: 250 },
      properties: { interest: 'pricing' },
      campaign: { name: 'spring-launch' },
      ...more,
    });
  }

  /** Publishes activities as ingestion does. */
  async publishActivities(...activities: ActivityRecordedV1[]): Promise<void> {
    await this.publish(
      'activity',
      activities.map((data) => ({ contract: ActivityRecorded, data, traceparent: TRACE })),
    );
  }

  /** Publishes a hand-off event as routing does. */
  async publishHandoffEvent<Data extends HandoffEventData>(
    contract: EventContract<string, Data>,
    data: Partial<Data> & { leadId: string; handoffId: string },
  ): Promise<void> {
    const version = (this.versions.get(data.handoffId) ?? 0) + 1;
    this.versions.set(data.handoffId, version);
    const event = eventOf(contract, {
      sellerId: this.seller.id,
      sellerName: this.seller.name,
      ...data,
    });
    await this.publish('handoffs', [outgoing(contract, event, version, { traceparent: TRACE })]);
  }

  /** Publishes a deal event as routing does. */
  async publishDealEvent<Data extends DealEventData>(
    contract: EventContract<string, Data>,
    data: Partial<Data> & { leadId: string; dealId: string },
  ): Promise<void> {
    const version = (this.versions.get(data.dealId) ?? 0) + 1;
    this.versions.set(data.dealId, version);
    await this.publish('handoffs', [
      outgoing(contract, eventOf(contract, data), version, { traceparent: TRACE }),
    ]);
  }

  /** Creates a lead that is sales-ready. */
  async readyLead(): Promise<string> {
    const email = `${randomUUID()}@engines.example`;
    await this.publishActivities(this.salesReadyForm(email));
    await this.caughtUp();
    const [lead] = (await this.search({ email })) as { id: string }[];
    return lead!.id;
  }

  async search(filter: object): Promise<any[]> {
    const answer = await (await this.as(this.manager)).post('/leads/search', filter);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    return (answer.body as { items: any[] }).items;
  }

  async lead(id: string): Promise<any> {
    return (await (await this.as(this.manager)).get(`/leads/${id}`)).body;
  }

  /** The published events of a lead, in order. */
  eventsOf(leadId: string): PublishedEvent[] {
    return this.events.filter((each) => each.leadId === leadId);
  }

  typesOf(leadId: string): string[] {
    return this.eventsOf(leadId).map(({ type }) => type);
  }

  /** Drafts a definition and signs it for both teams. */
  async activateDefinition(
    kind: 'scoring-model' | 'funnel',
    document: object,
    activeFrom?: Date,
  ): Promise<string> {
    const marketing = await this.as(this.marketing);
    const drafted = await marketing.post(`/definitions/${kind}`, { document, note: 'for a spec' });
    const { id } = drafted.body as { id: string };
    await marketing.post(
      `/definitions/${id}/sign`,
      activeFrom ? { activeFrom: activeFrom.toISOString() } : {},
    );
    const signed = await (await this.as(this.manager)).post(`/definitions/${id}/sign`, {});
    if (!['active', 'scheduled'].includes((signed.body as { state: string }).state))
      throw new Error(JSON.stringify(signed.body));
    return id;
  }

  /** Starts again at the beginning of every topic, as an operator does. */
  async rereadTopics(): Promise<void> {
    await this.stop();
    await this.db.source.query('delete from positions');
    const admin = this.client('operator').connect({ retries: 5 }).admin();
    await admin.connect();
    for (const topic of ['activity', 'handoffs'])
      await admin.resetOffsets({
        groupId: `${this.environment['TOPIC_PREFIX']}scoring`,
        topic: `${this.environment['TOPIC_PREFIX']}${topic}`,
        earliest: true,
      });
    await admin.disconnect();
    await this.start();
  }

  /** Waits until all published messages were read and the outbox is empty. */
  async caughtUp(): Promise<void> {
    await eventually(
      async () => {
        const rows = await this.db.database.rows<{ topic: 'activity' | 'handoffs'; read: number }>(
          'select topic, sum(next_offset)::integer as read from positions group by topic',
        );
        const read = Object.fromEntries(rows.map((row) => [row.topic, row.read]));
        const { activity, handoffs } = this.published;
        if ((read['activity'] ?? 0) !== activity || (read['handoffs'] ?? 0) !== handoffs)
          throw new Error(`${JSON.stringify(read)} of ${JSON.stringify(this.published)} read`);
        const waiting = await this.db.database.rows('select from outbox');
        if (waiting.length > 0) throw new Error('the outbox is not empty');
      },
      { within: 20_000 },
    );
  }

  private async publish(topic: 'activity' | 'handoffs', events: (Unversioned | Outgoing)[]): Promise<void> {
    await this.publishers[topic === 'activity' ? 'ingestion' : 'routing'].publish(events);
    this.published[topic] += events.length;
  }

  private async listen(): Promise<void> {
    const client = this.client('listener');
    const consumer = client.connect({ retries: 5 }).consumer({ groupId: `${client.prefix}listener` });
    await consumer.connect();
    await consumer.subscribe({ topic: client.physical('leads'), fromBeginning: true });
    await consumer.run({
      eachMessage: ({ message }) => {
        const type = String(message.headers?.['ce_type']);
        if (!catalogue.some((contract) => contract.type === type)) throw new Error(`${type} is no contract`);
        const data = JSON.parse(message.value!.toString()) as { leadId: string };
        this.events.push({
          type: type.replace(/^lead\.(.*)\.v1$/, '$1'),
          leadId: data.leadId,
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
