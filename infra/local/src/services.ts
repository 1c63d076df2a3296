/** The processes that make a Baton, in the order in which they are named, stopped and given ports. */
export const serviceNames = ['ingestion', 'scoring', 'routing', 'reporting', 'gateway'] as const;

export type ServiceName = (typeof serviceNames)[number];

/** Something for each service. */
export type PerService<T> = Readonly<Record<ServiceName, T>>;

/** Builds something for each service. */
export const perService = <T>(of: (name: ServiceName) => T): PerService<T> =>
  Object.fromEntries(serviceNames.map((name) => [name, of(name)])) as PerService<T>;
