/** Service processes, in the order of their ports. */
export const serviceNames = ['ingestion', 'scoring', 'routing', 'reporting', 'gateway'] as const;

export type ServiceName = (typeof serviceNames)[number];

/** One value per service. */
export type PerService<T> = Readonly<Record<ServiceName, T>>;

/** Builds one value per service. */
export const perService = <T>(of: (name: ServiceName) => T): PerService<T> =>
  Object.fromEntries(serviceNames.map((name) => [name, of(name)])) as PerService<T>;
