/** Access to the SDK started by `--import @baton/platform/telemetry`; a separate file, so that a service without telemetry does not load the SDK. */
interface Telemetry {
  metrics(): Promise<string>;
  shutdown(): Promise<void>;
}

let telemetry: Telemetry | undefined;

export const registerTelemetry = (started: Telemetry): void => {
  telemetry = started;
};

/** The process's metrics in Prometheus' text format. */
export const prometheusText = async (): Promise<string> =>
  (await telemetry?.metrics()) ?? '# no telemetry: start with --import @baton/platform/telemetry\n';

/** Exports buffered spans. */
export const flushTelemetry = async (): Promise<void> => telemetry?.shutdown();
