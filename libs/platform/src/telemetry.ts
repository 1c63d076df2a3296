/** Loaded before everything else: `node --import @baton/platform/telemetry dist/main.js`. */
import { metrics } from '@opentelemetry/api';
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { core, NodeSDK, resources, tracing } from '@opentelemetry/sdk-node';
import { observeProcess } from './telemetry/process-metrics.js';
import { registerTelemetry } from './telemetry/registry.js';
import { telemetryConfig } from './telemetry/telemetry.config.js';

const { serviceName, exports, sampler } = telemetryConfig();
const prometheus = new PrometheusExporter({ preventServerStart: true });

const sdk = new NodeSDK({
  serviceName,
  // Not the process's: command line and owner are nobody's business at /metrics.
  resourceDetectors: [resources.envDetector, resources.hostDetector],
  metricReaders: [prometheus],
  logRecordProcessors: [],
  // No baggage: what outsiders put there would travel on through every event.
  textMapPropagator: new core.W3CTraceContextPropagator(),
  // Without an endpoint spans are never recorded, but trace ids are still made and handed on.
  spanProcessors: exports
    ? [new tracing.BatchSpanProcessor(new OTLPTraceExporter())]
    : [new tracing.NoopSpanProcessor()],
  ...(sampler ? {} : { sampler: new tracing.AlwaysOffSampler() }),
  instrumentations: exports ? [new PgInstrumentation({ requireParentSpan: true })] : [],
});
sdk.start();
// No hook for imports, which would take a loader thread: TypeORM loads pg by `require`, and patching is in place for all.
observeProcess(metrics.getMeter('@baton/platform'));

const serializer = new PrometheusSerializer();
registerTelemetry({
  metrics: async () => serializer.serialize((await prometheus.collect()).resourceMetrics),
  shutdown: () => sdk.shutdown(),
});
