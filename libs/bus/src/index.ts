export { toWire, type Unversioned, type WireMessage } from './event/cloud-event.js';
export * from './reader/consumer.js';
export * from './database/database.js';
export { type DeadLetter } from './reader/dead-letter.js';
export * from './reader/handler.js';
export { BusClient, type BusOptions } from './kafka/bus-client.js';
export * from './event/message.js';
export { BrokerUnavailable, MicroBatcher, type MicroBatcherOptions } from './publish/micro-batcher.js';
export * from './outbox/outbox.js';
export {
  Publisher,
  Sender,
  MICRO_BATCH as SHARED_PRODUCE,
  type PublisherOptions,
} from './publish/publisher.js';
export * from './kafka/topic-ends.js';
export * from './database/tables.migration.js';
export * from './kafka/topics.js';
export { activeTraceparent } from './event/trace.js';
export { backoffMs, isTransient } from './database/transient.js';
