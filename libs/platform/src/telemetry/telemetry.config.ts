import { basename, dirname } from 'node:path';

interface TelemetryConfig {
  readonly serviceName: string;
  /** Whether spans are recorded and exported; the SDK reads the sampler from OTEL_TRACES_SAMPLER (default parentbased_always_on). */
  readonly exports: boolean;
}

/** Standard OpenTelemetry variables; headers, timeouts and limits are read by the SDK. */
export const telemetryConfig = (): TelemetryConfig => {
  const { OTEL_SERVICE_NAME, OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT } = process.env;
  const exports = Boolean(OTEL_EXPORTER_OTLP_ENDPOINT || OTEL_EXPORTER_OTLP_TRACES_ENDPOINT);
  // <service>/dist/main.js
  const folder = basename(dirname(dirname(process.argv[1] ?? '/unknown/dist/main.js')));
  return { serviceName: OTEL_SERVICE_NAME || folder, exports };
};
