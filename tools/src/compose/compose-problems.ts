import type { ComposeFile, ComposeService } from './compose-file.js';

export interface Surroundings {
  /** Names of the services that exist as code. */
  readonly services: readonly string[];
  /** Whether a file or folder of the repository exists. */
  readonly exists: (path: string) => boolean;
}

const conditions = ['service_started', 'service_healthy', 'service_completed_successfully'];

/** Ours are built here and tagged once; everybody else's must be a version, or tomorrow it is another program. */
const imageFaults = (
  name: string,
  { image, build }: ComposeService,
  exists: Surroundings['exists'],
): string[] => {
  if (build) return exists(build.dockerfile) ? [] : [`${name}: there is no ${build.dockerfile}`];
  if (!image) return [`${name}: neither image nor build`];
  return /:v?\d[\w.-]*$/.test(image) ? [] : [`${name}: ${image} names no version`];
};

const dependencyFaults = (
  name: string,
  { depends_on = {} }: ComposeService,
  { services }: ComposeFile,
): string[] =>
  Object.entries(depends_on).flatMap(([other, { condition }]) => {
    const needed = services[other];
    if (!needed) return [`${name}: depends on ${other}, which is no service`];
    if (!conditions.includes(condition)) return [`${name}: unknown condition ${condition}`];
    if (condition === 'service_healthy' && !needed.healthcheck)
      return [`${name}: waits for the health of ${other}, which has no check`];
    return [];
  });

const volumeFaults = (
  name: string,
  { volumes = [] }: ComposeService,
  file: ComposeFile,
  exists: Surroundings['exists'],
): string[] =>
  volumes.flatMap((volume) => {
    const [source = ''] = volume.split(':');
    if (source.startsWith('./')) return exists(source) ? [] : [`${name}: there is no ${source}`];
    return file.volumes && source in file.volumes ? [] : [`${name}: volume ${source} is not declared`];
  });

const portFaults = ({ services }: ComposeFile): string[] => {
  const published = Object.values(services).flatMap(({ ports = [] }) =>
    ports.map((port) => port.split(':').at(-2) ?? port),
  );
  return published
    .filter((port, n) => published.indexOf(port) !== n)
    .map((port) => `port ${port} is published twice`);
};

const migrationFaults = (name: string, { services }: ComposeFile): string[] => {
  const [service, job] = [services[name], services[`migrate-${name}`]];
  if (!service) return [`${name}: is not in the file`];
  if (!job) return [`${name}: has no migrate-${name}`];
  const waits = service.depends_on?.[`migrate-${name}`]?.condition === 'service_completed_successfully';
  return waits ? [] : [`${name}: does not wait for migrate-${name}`];
};

/** Everything that is wrong with the file by itself; empty when nothing is. */
export const composeFaults = (file: ComposeFile, { services, exists }: Surroundings): string[] => [
  ...services.flatMap((name) => migrationFaults(name, file)),
  ...Object.entries(file.services).flatMap(([name, service]) => [
    ...imageFaults(name, service, exists),
    ...dependencyFaults(name, service, file),
    ...volumeFaults(name, service, file, exists),
  ]),
  ...portFaults(file),
];
