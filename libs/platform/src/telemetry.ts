/** Loaded before everything else: `node --import @baton/platform/telemetry dist/main.js`. */
import { metrics } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import {
  defaultResource,
  detectResources,
  envDetector,
  hostDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { AlwaysOffSampler, BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { observeProcess } from './telemetry/process-metrics.js';
import { registerTelemetry } from './telemetry/registry.js';
import { telemetryConfig } from './telemetry/telemetry.config.js';

// The parts and not sdk-node, which loads every exporter there is: 680 files and 15 MB more in each process.
const { serviceName, exports, sampler } = telemetryConfig();
const prometheus = new PrometheusExporter({ preventServerStart: true });

const resource = defaultResource()
  // Not the process's: command line and owner must not be exposed at /metrics.
  .merge(detectResources({ detectors: [envDetector, hostDetector] }))
  .merge(resourceFromAttributes({ 'service.name': serviceName }));
const tracing = new NodeTracerProvider({
  resource,
  // Without an endpoint spans are never recorded, but trace ids are still made and handed on.
  spanProcessors: exports ? [new BatchSpanProcessor(new OTLPTraceExporter())] : [],
  ...(sampler ? {} : { sampler: new AlwaysOffSampler() }),
});
// No baggage: what outsiders put there would travel on through every event.
tracing.register({ propagator: new W3CTraceContextPropagator() });
const metering = new MeterProvider({ resource, readers: [prometheus] });
metrics.setGlobalMeterProvider(metering);
registerInstrumentations({
  instrumentations: exports ? [new PgInstrumentation({ requireParentSpan: true })] : [],
});
// No hook for imports, which would take a loader thread: TypeORM loads pg by `require`, and patching is in place for all.
observeProcess(metrics.getMeter('@baton/platform'));

const serializer = new PrometheusSerializer();
registerTelemetry({
  metrics: async () => serializer.serialize((await prometheus.collect()).resourceMetrics),
  shutdown: async () => void (await Promise.all([tracing.shutdown(), metering.shutdown()])),
});
