import { metrics } from '@opentelemetry/api';

const meter = metrics.getMeter('@baton/bus');

/** Messages by topic and what became of them: handled, known (seen before), passed-by or dead. */
export const messages = meter.createCounter('baton_bus_messages', {
  description: 'Messages read, by outcome',
});
export const batchSeconds = meter.createHistogram('baton_bus_batch_seconds', {
  description: 'From the first look at a batch to its commit',
  unit: 's',
  advice: { explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] },
});
export const retries = meter.createCounter('baton_bus_retries', {
  description: 'Batches tried again after a passing fault',
});
export const published = meter.createCounter('baton_bus_published', {
  description: 'Messages the broker acknowledged',
});
export const refused = meter.createCounter('baton_bus_refused', {
  description: 'Messages refused because the broker was away or the queue full',
});
/** Messages behind the end of the topic, by topic and partition. */
export const lag = meter.createGauge('baton_bus_lag', { description: 'Messages not yet read' });
