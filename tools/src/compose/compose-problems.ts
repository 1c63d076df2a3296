import type { ComposeFile, ComposeService } from './compose-file.js';

export interface RepositoryView {
  /** Names of the services that exist as code. */
  readonly services: readonly string[];
  /** Whether a file or folder of the repository exists. */
  readonly exists: (path: string) => boolean;
}

const CONDITIONS = ['service_started', 'service_healthy', 'service_completed_successfully'];

/** Own images need an existing Dockerfile; foreign ones a version tag, because `latest` changes without notice. */
const imageProblems = (
  name: string,
  { image, build }: ComposeService,
  exists: RepositoryView['exists'],
): string[] => {
  if (build) return exists(build.dockerfile) ? [] : [`${name}: file not found: ${build.dockerfile}`];
  if (!image) return [`${name}: neither image nor build`];
  return /:v?\d[\w.-]*$/.test(image) ? [] : [`${name}: ${image} names no version`];
};

const dependencyProblems = (
  name: string,
  { depends_on = {} }: ComposeService,
  { services }: ComposeFile,
): string[] =>
  Object.entries(depends_on).flatMap(([other, { condition }]) => {
    const needed = services[other];
    if (!needed) return [`${name}: depends on ${other}, which is not a service`];
    if (!CONDITIONS.includes(condition)) return [`${name}: unknown condition ${condition}`];
    if (condition === 'service_healthy' && !needed.healthcheck)
      return [`${name}: waits for the health of ${other}, which has no health check`];
    return [];
  });

const volumeProblems = (
  name: string,
  { volumes = [] }: ComposeService,
  file: ComposeFile,
  exists: RepositoryView['exists'],
): string[] =>
  volumes.flatMap((volume) => {
    const [source = ''] = volume.split(':');
    if (source.startsWith('./')) return exists(source) ? [] : [`${name}: file not found: ${source}`];
    return file.volumes && source in file.volumes ? [] : [`${name}: volume ${source} is not declared`];
  });

/** The jobs that make secrets and use those of an administrator. */
const JOBS = ['secrets', 'provision', 'seed'];

/** A volume of secrets belongs to the one service in its name: what one container leaks must not open the others. */
const secretProblems = (name: string, { volumes = [] }: ComposeService): string[] =>
  volumes
    .map((volume) => volume.split(':', 1)[0] ?? '')
    .filter((source) => {
      const owner = /^(.+)-secret$/.exec(source)?.[1];
      if (owner) return ![owner, `migrate-${owner}`, ...JOBS].includes(name);
      return source === 'secrets' && !JOBS.includes(name);
    })
    .map((source) => `${name}: must not read ${source}`);

const portProblems = ({ services }: ComposeFile): string[] => {
  const published = Object.values(services).flatMap(({ ports = [] }) =>
    ports.map((port) => port.split(':').at(-2) ?? port),
  );
  return published
    .filter((port, n) => published.indexOf(port) !== n)
    .map((port) => `port ${port} is published twice`);
};

const migrationProblems = (name: string, { services }: ComposeFile): string[] => {
  const [service, job] = [services[name], services[`migrate-${name}`]];
  if (!service) return [`${name}: is missing from the file`];
  if (!job) return [`${name}: has no migrate-${name}`];
  const waits = service.depends_on?.[`migrate-${name}`]?.condition === 'service_completed_successfully';
  return waits ? [] : [`${name}: does not wait for migrate-${name}`];
};

/** Every problem of the Compose file itself; empty if there is none. */
export const composeProblems = (file: ComposeFile, { services, exists }: RepositoryView): string[] => [
  ...services.flatMap((name) => migrationProblems(name, file)),
  ...Object.entries(file.services).flatMap(([name, service]) => [
    ...imageProblems(name, service, exists),
    ...dependencyProblems(name, service, file),
    ...volumeProblems(name, service, file, exists),
    ...secretProblems(name, service),
  ]),
  ...portProblems(file),
];
