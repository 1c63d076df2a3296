import { basename, dirname } from 'node:path';

interface TelemetryConfig {
  readonly serviceName: string;
  /** Whether spans go anywhere. */
  readonly exports: boolean;
  /** Whether a span may be recorded at all; which, the SDK reads from OTEL_TRACES_SAMPLER (parentbased_always_on unless told). */
  readonly sampler: boolean;
}

/** OpenTelemetry's own variables; the rest (headers, timeouts, limits) the SDK reads by itself. */
export const telemetryConfig = (): TelemetryConfig => {
  const { OTEL_SERVICE_NAME, OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT } = process.env;
  const exports = Boolean(OTEL_EXPORTER_OTLP_ENDPOINT || OTEL_EXPORTER_OTLP_TRACES_ENDPOINT);
  // <service>/dist/main.js
  const folder = basename(dirname(dirname(process.argv[1] ?? '/unknown/dist/main.js')));
  return { serviceName: OTEL_SERVICE_NAME || folder, exports, sampler: exports };
};
