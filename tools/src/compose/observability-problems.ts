interface ScrapeConfig {
  readonly job_name: string;
  readonly static_configs: readonly { readonly targets: readonly string[] }[];
}

/** Scrape targets that are not services of the Compose file, and services without a scrape target. */
export const scrapeProblems = (
  prometheus: unknown,
  known: readonly string[],
  wanted: readonly string[],
): string[] => {
  const { scrape_configs } = prometheus as { scrape_configs: readonly ScrapeConfig[] };
  const hosts = scrape_configs.flatMap(({ static_configs }) =>
    static_configs.flatMap(({ targets }) => targets.map((target) => target.split(':')[0] ?? '')),
  );
  return [
    ...hosts.filter((host) => !known.includes(host)).map((host) => `prometheus: ${host} is not a service`),
    ...wanted
      .filter((name) => !hosts.includes(name))
      .map((name) => `prometheus: no scrape target for ${name}`),
  ];
};

type Components = Readonly<Record<string, unknown>>;
type Pipeline = Readonly<Record<'receivers' | 'processors' | 'exporters', readonly string[]>>;

/** Components that a pipeline of the collector uses without declaring them. */
export const collectorProblems = (collector: unknown): string[] => {
  const {
    service,
    connectors = {},
    ...components
  } = collector as { service: { pipelines: Record<string, Pipeline> }; connectors?: Components } & Record<
    string,
    Components
  >;
  return Object.entries(service.pipelines).flatMap(([name, pipeline]) =>
    Object.entries(pipeline).flatMap(([kind, used]) =>
      used
        .filter((component) => !(component in (components[kind] ?? {})) && !(component in connectors))
        .map(
          (component) =>
            `collector: pipeline ${name} uses ${component}, which is not declared in its ${kind}`,
        ),
    ),
  );
};

/** Names of the project's metrics in the expressions of a dashboard. */
export const metricsIn = (dashboard: unknown): string[] => {
  const { panels } = dashboard as { panels: readonly { targets: readonly { expr: string }[] }[] };
  const expressions = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
  return [
    ...new Set(expressions.flatMap((expr) => expr.match(/\b(baton|http|process|nodejs)_\w+/g) ?? [])),
  ].filter((name) => name !== 'http_response_status_code');
};

/** The Prometheus series names of a metric declared in code. */
export const prometheusNames = (declared: string): string[] => {
  const name = declared.replaceAll('.', '_');
  return ['', '_total', '_seconds'].flatMap((unit) =>
    ['', '_bucket', '_count', '_sum'].map((suffix) => name + unit + suffix),
  );
};

/** Metrics on the dashboard that no code declares. */
export const dashboardProblems = (dashboard: unknown, declared: readonly string[]): string[] => {
  const known = new Set(declared.flatMap(prometheusNames));
  return metricsIn(dashboard)
    .filter((name) => !known.has(name))
    .map((name) => `dashboard: no code declares ${name}`);
};
