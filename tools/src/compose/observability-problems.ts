/** What Prometheus, the collector and Grafana are told, checked against what there is. */

interface ScrapeConfig {
  readonly job_name: string;
  readonly static_configs: readonly { readonly targets: readonly string[] }[];
}

/** Scrape targets that are no service of the Compose file, and services that nobody scrapes. */
export const scrapeFaults = (
  prometheus: unknown,
  known: readonly string[],
  wanted: readonly string[],
): string[] => {
  const { scrape_configs } = prometheus as { scrape_configs: readonly ScrapeConfig[] };
  const hosts = scrape_configs.flatMap(({ static_configs }) =>
    static_configs.flatMap(({ targets }) => targets.map((target) => target.split(':')[0] ?? '')),
  );
  return [
    ...hosts.filter((host) => !known.includes(host)).map((host) => `prometheus: ${host} is no service`),
    ...wanted.filter((name) => !hosts.includes(name)).map((name) => `prometheus: nobody scrapes ${name}`),
  ];
};

type Parts = Readonly<Record<string, unknown>>;
type Pipeline = Readonly<Record<'receivers' | 'processors' | 'exporters', readonly string[]>>;

/** Parts that a pipeline of the collector names but that are not declared. */
export const collectorFaults = (collector: unknown): string[] => {
  const {
    service,
    connectors = {},
    ...parts
  } = collector as { service: { pipelines: Record<string, Pipeline> }; connectors?: Parts } & Record<
    string,
    Parts
  >;
  return Object.entries(service.pipelines).flatMap(([name, pipeline]) =>
    Object.entries(pipeline).flatMap(([kind, used]) =>
      used
        .filter((part) => !(part in (parts[kind] ?? {})) && !(part in connectors))
        .map((part) => `collector: pipeline ${name} uses ${part}, which is none of its ${kind}`),
    ),
  );
};

/** Names of our metrics in the expressions of a dashboard. */
export const metricsIn = (dashboard: unknown): string[] => {
  const { panels } = dashboard as { panels: readonly { targets: readonly { expr: string }[] }[] };
  const expressions = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
  return [
    ...new Set(expressions.flatMap((expr) => expr.match(/\b(baton|http|process|nodejs)_\w+/g) ?? [])),
  ].filter((name) => name !== 'http_response_status_code');
};

/** The names under which Prometheus knows a metric that the code declares. */
export const prometheusNames = (declared: string): string[] => {
  const name = declared.replaceAll('.', '_');
  return ['', '_total', '_seconds'].flatMap((unit) =>
    ['', '_bucket', '_count', '_sum'].map((part) => name + unit + part),
  );
};

/** Metrics that the dashboard shows but no code declares. */
export const dashboardFaults = (dashboard: unknown, declared: readonly string[]): string[] => {
  const known = new Set(declared.flatMap(prometheusNames));
  return metricsIn(dashboard)
    .filter((name) => !known.has(name))
    .map((name) => `dashboard: nothing measures ${name}`);
};
