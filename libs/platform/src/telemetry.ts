/** Loaded before everything else: `node --import @baton/platform/telemetry dist/main.js`. */
import { metrics } from '@opentelemetry/api';
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import {
  defaultResource,
  detectResources,
  envDetector,
  hostDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { observeProcess } from './telemetry/process-metrics.js';
import { registerTelemetry } from './telemetry/registry.js';
import { telemetryConfig } from './telemetry/telemetry.config.js';

const { serviceName, exports } = telemetryConfig();
const prometheus = new PrometheusExporter({ preventServerStart: true });
const resource = defaultResource()
  // Not the process's: command line and owner must not be exposed at /metrics.
  .merge(detectResources({ detectors: [envDetector, hostDetector] }))
  .merge(resourceFromAttributes({ 'service.name': serviceName }));

// The SDK for Node loads every exporter there is, so it is loaded only where spans are exported (figures in the README).
const { startSdk } = exports
  ? await import('./telemetry/exporting-sdk.js')
  : await import('./telemetry/local-sdk.js');
const shutdown = startSdk({ resource, metricReader: prometheus });
observeProcess(metrics.getMeter('@baton/platform'));

const serializer = new PrometheusSerializer();
registerTelemetry({
  metrics: async () => serializer.serialize((await prometheus.collect()).resourceMetrics),
  shutdown,
});
