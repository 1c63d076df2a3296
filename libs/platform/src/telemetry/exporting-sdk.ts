import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { NodeSDK } from '@opentelemetry/sdk-node';
import type { SdkOptions } from './local-sdk.js';

/** Records spans and exports them to the OTLP endpoint of the environment. Returns the shutdown, which flushes. */
export const startSdk = ({ resource, metricReader }: SdkOptions): (() => Promise<void>) => {
  const sdk = new NodeSDK({
    resource,
    autoDetectResources: false,
    traceExporter: new OTLPTraceExporter(),
    metricReaders: [metricReader],
    logRecordProcessors: [],
    // No baggage: what outsiders put there would travel on through every event.
    textMapPropagator: new W3CTraceContextPropagator(),
    // No hook for imports, which would take a loader thread: TypeORM loads pg by `require`, and patching covers that.
    instrumentations: [new PgInstrumentation({ requireParentSpan: true })],
  });
  sdk.start();
  return () => sdk.shutdown();
};
