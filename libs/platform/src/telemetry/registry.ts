/** What `--import @baton/platform/telemetry` started, as the service sees it; kept apart so that a service without telemetry does not load the SDK. */
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

/** Sends what is still held back. */
export const flushTelemetry = async (): Promise<void> => telemetry?.shutdown();
