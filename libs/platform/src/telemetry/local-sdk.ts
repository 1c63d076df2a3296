import { metrics } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import { MeterProvider, type IMetricReader } from '@opentelemetry/sdk-metrics';
import { AlwaysOffSampler, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

export interface SdkOptions {
  readonly resource: Resource;
  readonly metricReader: IMetricReader;
}

/** Metrics, and trace ids that are created and passed on; without an endpoint no span is recorded. Returns the shutdown. */
export const startSdk = ({ resource, metricReader }: SdkOptions): (() => Promise<void>) => {
  const tracing = new NodeTracerProvider({ resource, sampler: new AlwaysOffSampler() });
  tracing.register({ propagator: new W3CTraceContextPropagator() });
  const metering = new MeterProvider({ resource, readers: [metricReader] });
  metrics.setGlobalMeterProvider(metering);
  return async () => void (await Promise.all([tracing.shutdown(), metering.shutdown()]));
};
