import { BusClient, Outbox, Publisher, ReaderRunner, type Handler } from '@baton/bus';
import { TimerLoop, Timers, type TimerHandler } from '@baton/timers';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Providers } from './app.module.js';
import { kafkaSecurityOf } from './kafka/kafka-security.js';
import { RunningReaders } from './readers/running-readers.js';
import { usesBus } from './service.js';
import type { StartContext } from './start-context.js';

/** Age of the oldest unpublished event from which a service is not ready, seconds. */
const MAX_OUTBOX_AGE_S = 60;

/** A service's connections to the broker and its timers; absent where its spec does not ask for them. */
export interface BusProviders extends Pick<Providers, 'outbox' | 'publisher' | 'timers' | 'readers'> {
  readonly client: BusClient | undefined;
}

export const openBus = async (context: StartContext): Promise<BusProviders> => {
  const { spec, config, logger, clock, database, disposables, health } = context;
  if (!usesBus(spec))
    return {
      client: undefined,
      outbox: undefined,
      publisher: undefined,
      timers: undefined,
      readers: undefined,
    };
  const { kafkaBrokers: brokers, topicPrefix } = config;
  const client = new BusClient({
    name: spec.name,
    brokers,
    topicPrefix,
    log: logger,
    ...kafkaSecurityOf(config),
  });
  const outbox = new Outbox(client, database, () => clock.now());
  disposables.add('outbox', () => outbox.stop());
  health.add('outbox', () => faultOf(outbox));
  const publisher = spec.publishes
    ? new Publisher(client, { ackTimeoutMs: config.publishTimeoutMs })
    : undefined;
  if (publisher) {
    disposables.add('publisher', () => publisher.stop());
    health.add('publisher', () => (publisher.ready ? undefined : 'the broker is away'));
    await publisher.start();
  }
  return {
    client,
    outbox,
    publisher,
    timers: spec.timers?.length ? new Timers(clock) : undefined,
    readers: new RunningReaders(),
  };
};

/** Starts to read events and fire timers, as soon as broker and database are there. */
export const beginWork = (
  context: StartContext,
  { client, outbox, readers }: BusProviders,
  app: NestFastifyApplication,
): void => {
  if (!client || !outbox || !readers) return;
  const { spec, logger, clock, database, disposables, shutdown, fail } = context;
  const runners = (spec.readers ?? []).map((reader) =>
    runnerOf(
      context,
      { client, outbox },
      { ...reader, handlers: reader.handlers.map((type) => app.get<Handler>(type)) },
    ),
  );
  runners.forEach((runner) => readers.add(runner));
  const timers = (spec.timers ?? []).map((type) => app.get<TimerHandler>(type));
  const loop = new TimerLoop({ handlers: timers, database, outbox, clock, log: logger });
  disposables.add('timers', () => loop.stop());
  loop.start();
  const readEvents = async (): Promise<void> => {
    // What an earlier process decided and could not publish comes first.
    await outbox.start();
    if (shutdown.signal.aborted) return;
    await Promise.all(runners.map((runner) => runner.start()));
  };
  readEvents().catch((fault: unknown) => fail('events cannot be read', fault));
};

const runnerOf = (
  { config, clock, database, disposables, health, fail }: StartContext,
  { client, outbox }: { readonly client: BusClient; readonly outbox: Outbox },
  reader: ConstructorParameters<typeof ReaderRunner>[0]['reader'],
): ReaderRunner => {
  const runner = new ReaderRunner({
    client,
    database,
    outbox,
    reader,
    batchSize: config.batchSize,
    now: () => clock.now(),
    onFatal: fail,
  });
  disposables.add(`reader ${reader.name}`, () => runner.stop());
  health.add(`reader ${reader.name}`, () => {
    if (runner.ready) return undefined;
    const { phase, reason } = runner.state;
    return reason === undefined ? phase : `${phase}: ${reason}`;
  });
  return runner;
};

const faultOf = (outbox: Outbox): string | undefined => {
  const { fault, rows, ageSeconds } = outbox.status;
  if (fault !== undefined) return fault;
  return ageSeconds > MAX_OUTBOX_AGE_S
    ? `${rows} decisions are not published, the oldest for ${Math.round(ageSeconds)} s`
    : undefined;
};
