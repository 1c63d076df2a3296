import { randomUUID } from 'node:crypto';
import { BusClient, provisionTopics, Publisher, type Outgoing, type Unversioned } from '@baton/bus';
import { typeStatus, type Topic } from '@baton/contracts';
import { Clock, createLogger, start, type Running, type Service, type User } from '@baton/platform';
import { eventually } from './eventually.js';
import { httpClient, type HttpClient } from './http-client.js';
import { bearerOf, identityEnvironment } from './test-identity.js';
import { testDatabase, type TestDatabase } from './test-database.js';
import { testKafka, type TestKafka } from './test-kafka.js';

/** A busy test machine is not a broker that is away. */
const ACK_TIMEOUT_MS = 20_000;

/** The time of day plus what a spec has skipped. */
export class AdjustableClock extends Clock {
  private skippedMs = 0;

  override now(): Date {
    return new Date(Date.now() + this.skippedMs);
  }

  skip(ms: number): void {
    this.skippedMs += ms;
  }
}

export { bearerOf, identityEnvironment };

/** A person with a session. */
export const testUser = (name: string, role: User['role']): User => ({
  id: randomUUID(),
  name,
  role,
  kind: 'person',
  // Nobody leads a team unless a spec says so.
  ...(role === 'manager' && { leads: 'all' }),
});

/** An event that the service published. */
export interface PublishedEvent {
  readonly type: string;
  readonly subject: string;
  readonly sequence: number;
  readonly traceparent: string | undefined;
  readonly data: any;
}

export interface TestServiceOptions {
  /** Topics whose messages are collected in `published`. */
  readonly collect?: readonly Topic[];
  readonly partitions?: number;
  readonly environment?: Readonly<Record<string, string>>;
}

interface Setup {
  readonly spec: Service;
  readonly kafka: TestKafka;
  readonly database: TestDatabase;
  readonly environment: Readonly<Record<string, string>>;
  readonly client: (name: string) => BusClient;
}

/**
 * A service under test, started in this process on a database and topics of its own. `TestService.start(scoring, { collect: ['leads'] })`
 * starts it; `close()` ends it and removes its data.
 */
export class TestService {
  readonly clock = new AdjustableClock();
  /** Events of the collected topics in order of arrival. */
  readonly published: PublishedEvent[] = [];
  readonly database: TestDatabase;
  private readonly sent = new Map<string, number>();
  private readonly publishers = new Map<string, Publisher>();
  private readonly closers: (() => Promise<void>)[] = [];
  private running: Running | undefined;

  private constructor(private readonly setup: Setup) {
    this.database = setup.database;
  }

  static async start(spec: Service, options: TestServiceOptions = {}): Promise<TestService> {
    const { collect = [], partitions = 1, environment = {} } = options;
    const kafka = await testKafka();
    const log = await createLogger({ name: 'spec', level: 'silent' });
    await provisionTopics({ ...kafka, log, partitions });
    const database = await testDatabase({
      name: spec.name,
      migrations: spec.migrations,
      entities: [...(spec.entities ?? [])],
    });
    const service = new TestService({
      spec,
      kafka,
      database,
      client: (name) => new BusClient({ name, ...kafka, log }),
      environment: {
        DATABASE_URL: database.url,
        KAFKA_BROKERS: kafka.brokers.join(','),
        TOPIC_PREFIX: kafka.topicPrefix,
        ...identityEnvironment,
        LOG_LEVEL: 'silent',
        PUBLISH_TIMEOUT_MS: String(ACK_TIMEOUT_MS),
        ...environment,
      },
    });
    if (collect.length > 0) await service.collect(collect);
    await service.restart();
    return service;
  }

  /** Settings with which another process of the service joins this one. */
  get environment(): Readonly<Record<string, string>> {
    return this.setup.environment;
  }

  get url(): string {
    if (!this.running) throw new Error(`${this.setup.spec.name} is not running`);
    return this.running.url;
  }

  /** Stops the service, if it runs, and starts it again on the same data. */
  async restart(): Promise<void> {
    await this.stop();
    const { spec, environment } = this.setup;
    this.running = await start(spec, environment, { clock: this.clock });
    await untilReady(spec.name, this.running);
  }

  /** Starts it a second time on the same data, as another process of the service would run. `close()` stops it. */
  async startAnother(): Promise<Running> {
    const { spec, environment } = this.setup;
    const another = await start(spec, environment, { clock: this.clock });
    this.closers.push(() => another.stop());
    await untilReady(spec.name, another);
    return another;
  }

  /** Stops the service as SIGTERM does; data and topics stay. */
  async stop(): Promise<void> {
    await this.running?.stop();
    this.running = undefined;
  }

  async close(): Promise<void> {
    await this.stop();
    for (const publisher of this.publishers.values()) await publisher.stop();
    for (const close of this.closers) await close();
    await this.database.drop();
  }

  /** The API of the service as a signed-in user. */
  as(user: User): Promise<HttpClient> {
    return Promise.resolve(httpClient(this.url).with(bearerOf(user, this.setup.spec.name)));
  }

  /** Publishes events to the service under test, each by the producer of its contract. */
  async publish(...events: readonly (Unversioned | Outgoing)[]): Promise<void> {
    const producers = new Set(events.map(producerOf));
    for (const producer of producers) {
      const publisher = await this.publisherOf(producer);
      await publisher.publish(events.filter((event) => producerOf(event) === producer));
    }
    for (const { contract } of events)
      this.sent.set(contract.topic, (this.sent.get(contract.topic) ?? 0) + 1);
  }

  publishedAbout(subject: string): PublishedEvent[] {
    return this.published.filter((event) => event.subject === subject);
  }

  /** Resolves when each reader has read every event given to `publish` and every decided event is published. */
  async caughtUp(): Promise<void> {
    await eventually(async () => {
      const rows = await this.database.database.rows<{ topic: string; read: number }>(
        `select topic, sum(next_offset)::integer as read from positions group by reader, topic`,
      );
      for (const [topic, sent] of this.sent) {
        const read = rows.filter((row) => row.topic === topic).map((row) => row.read);
        if (read.length === 0 || Math.min(...read) < sent)
          throw new Error(`[${read.join()}] of ${sent} messages of ${topic} read`);
      }
      const waiting = await this.database.database.rows('select from outbox');
      if (waiting.length > 0) throw new Error(`${waiting.length} rows wait in the outbox`);
    });
  }

  /** Lets time pass and wakes the timers that became due. */
  async skip(ms: number): Promise<void> {
    this.clock.skip(ms);
    const kinds = await this.database.database.rows<{ kind: string }>('select distinct kind from timers');
    for (const { kind } of kinds)
      await this.database.database.rows(`select pg_notify('timers:' || current_schema(), $1)`, [`${kind} 0`]);
  }

  private async publisherOf(producer: string): Promise<Publisher> {
    const known = this.publishers.get(producer);
    if (known) return known;
    const publisher = new Publisher(this.setup.client(producer), { ackTimeoutMs: ACK_TIMEOUT_MS });
    await publisher.start();
    this.publishers.set(producer, publisher);
    return publisher;
  }

  private async collect(topics: readonly Topic[]): Promise<void> {
    const client = this.setup.client('collector');
    const consumer = client.connect({ retries: 5 }).consumer({ groupId: `${client.prefix}collector` });
    await consumer.connect();
    this.closers.push(() => consumer.disconnect());
    for (const topic of topics)
      await consumer.subscribe({ topic: client.physical(topic), fromBeginning: true });
    await consumer.run({
      eachMessage: ({ message }) => {
        const header = (name: string) => message.headers?.[name]?.toString();
        const type = header('ce_type') ?? '';
        if (typeStatus(type) !== 'known') throw new Error(`'${type}' is no event type`);
        this.published.push({
          type,
          subject: header('ce_subject') ?? '',
          sequence: Number(header('ce_sequence')),
          traceparent: header('traceparent'),
          data: JSON.parse(message.value!.toString()) as unknown,
        });
        return Promise.resolve();
      },
    });
  }
}

/** A consumer that is stopped while it joins its group stays a member until its session times out. */
const untilReady = (name: string, { managementUrl }: Running): Promise<void> =>
  eventually(
    async () => {
      const { status } = await httpClient(managementUrl).get('/health/ready');
      if (status !== 200) throw new Error(`${name} is not ready: ${status}`);
    },
    { within: 30_000 },
  );

const producerOf = ({ contract }: Unversioned | Outgoing): string => contract.producers[0] ?? 'test';
