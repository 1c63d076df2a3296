import { metrics } from '@opentelemetry/api';

const meter = metrics.getMeter('@baton/bus');

/**
 * Messages by reader, topic and outcome: handled, duplicate (seen before), ignored (a type the reader does not want),
 * unknown-type, not-understood (an enum value of a newer producer) or dead.
 */
export const messages = meter.createCounter('baton_bus_messages', {
  description: 'Messages read, by outcome',
});
export const batchSeconds = meter.createHistogram('baton_bus_batch_seconds', {
  description: 'Duration of a batch from decoding to commit',
  unit: 's',
  advice: { explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] },
});
export const retries = meter.createCounter('baton_bus_retries', {
  description: 'Batches retried after a transient fault',
});
export const published = meter.createCounter('baton_bus_published', {
  description: 'Messages the broker acknowledged',
});
export const refused = meter.createCounter('baton_bus_refused', {
  description: 'Messages refused because the broker was away or the queue full',
});
export const lag = meter.createGauge('baton_bus_reader_lag', {
  description: 'Messages not yet read, by reader, topic and partition',
});
export const blocked = meter.createGauge('baton_bus_reader_blocked', {
  description: '1 while a reader cannot go on because of a defect of its own',
});
export const breakerOpen = meter.createGauge('baton_bus_breaker_open', {
  description: '1 while too many messages in a row failed in their handlers and no more are dead-lettered',
});
export const deadLettered = meter.createCounter('baton_bus_dead_lettered', {
  description: 'Messages that became dead letters, by reader and topic',
});
export const deadLettersWaiting = meter.createGauge('baton_bus_dead_letters', {
  description: 'Dead letters that are neither put back nor waived, by reader',
});
export const sequenceConflicts = meter.createCounter('baton_bus_sequence_conflicts', {
  description: 'Events whose version was seen before with another content, by reader',
});
export const outboxRows = meter.createGauge('baton_bus_outbox_rows', {
  description: 'Transactions whose events are not published yet',
});
export const outboxBytes = meter.createGauge('baton_bus_outbox_bytes', {
  description: 'Bytes of events that are not published yet',
  unit: 'By',
});
export const outboxAge = meter.createGauge('baton_bus_outbox_age_seconds', {
  description: 'Age of the oldest event that is not published yet',
  unit: 's',
});
