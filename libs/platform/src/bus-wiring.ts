import { BusClient, Consumer, Outbox, Publisher, type DeadLetterHandler, type Handler } from '@baton/bus';
import { TimerLoop, Timers, type TimerHandler } from '@baton/timers';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Parts } from './app.module.js';
import { usesBus } from './service.js';
import type { Starting } from './starting.js';

/** What a service reaches the broker and its timers with; what its spec does not ask for is absent. */
export interface BusParts extends Pick<Parts, 'outbox' | 'publisher' | 'timers'> {
  readonly client: BusClient | undefined;
}

export const openBus = async (starting: Starting): Promise<BusParts> => {
  const { spec, config, logger, clock, database, openings, health } = starting;
  if (!usesBus(spec))
    return { client: undefined, outbox: undefined, publisher: undefined, timers: undefined };
  const { kafkaBrokers: brokers, topicPrefix } = config;
  const client = new BusClient({ name: spec.name, brokers, topicPrefix, log: logger });
  const outbox = new Outbox(client, database, () => clock.now());
  openings.add('outbox', () => outbox.stop());
  const publisher = spec.publishes ? new Publisher(client) : undefined;
  if (publisher) {
    openings.add('publisher', () => publisher.stop());
    health.add('publisher', () => (publisher.ready ? undefined : 'the broker is away'));
    await publisher.start();
  }
  return { client, outbox, publisher, timers: spec.timers?.length ? new Timers(clock) : undefined };
};

/** Begins to read events and fire timers, as soon as broker and database let it. */
export const beginWork = (
  starting: Starting,
  { client, outbox }: BusParts,
  app: NestFastifyApplication,
): void => {
  if (!client || !outbox) return;
  const { spec, config, logger, clock, database, openings, health, shutdown, fail } = starting;
  const handlers = (spec.handlers ?? []).map((type) => app.get<Handler | DeadLetterHandler>(type));
  const timers = (spec.timers ?? []).map((type) => app.get<TimerHandler>(type));
  const consumer = new Consumer({
    ...{ client, database, outbox, handlers },
    batchSize: config.batchSize,
    now: () => clock.now(),
    onFatal: fail,
  });
  if (handlers.length > 0) {
    openings.add('consumer', () => consumer.stop());
    health.add('consumer', () => (consumer.ready ? undefined : 'does not read'));
  }
  const loop = new TimerLoop({ handlers: timers, database, outbox, clock, log: logger });
  openings.add('timers', () => loop.stop());
  loop.start();
  const readEvents = async (): Promise<void> => {
    // What an earlier process decided and did not get to say comes first.
    await outbox.start();
    if (handlers.length > 0 && !shutdown.signal.aborted) await consumer.start();
  };
  readEvents().catch((fault: unknown) => fail('events cannot be read', fault));
};
