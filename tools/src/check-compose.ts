import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { composeFaults } from './compose/compose-problems.js';
import { composeFileIn, readYaml, type ComposeService } from './compose/compose-file.js';
import { collectorFaults, dashboardFaults, scrapeFaults } from './compose/observability-problems.js';

/**
 * Checks docker-compose.yml and what it mounts as far as that goes without an engine: the file by itself, the
 * environment of every service by the service's own `--check-config` behind the image's entry point, and the
 * configuration of Prometheus, the collector and Grafana. With a Compose client at hand that one has a look too.
 */
const root = resolve(import.meta.dirname, '../..');
const path = (...parts: string[]): string => join(root, ...parts);
const file = composeFileIn(readFileSync(path('docker-compose.yml'), 'utf8'));
const services = readdirSync(path('services')).filter((name) =>
  existsSync(path('services', name, 'src/main.ts')),
);

/** Runs the entry point as the container would: with the environment of the file, and nothing of ours but the path. */
const inContainer = (
  args: readonly string[],
  service: ComposeService,
  secrets: string,
): { status: number | null; text: string } => {
  const { status, stdout, stderr } = spawnSync('sh', ['infra/docker/entrypoint.sh', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      ...Object.fromEntries(
        Object.entries(service.environment ?? {}).map(([name, value]) => [name, String(value)]),
      ),
      SECRETS_DIR: secrets,
      POSTGRES_PASSWORD_FILE: join(secrets, 'password'),
    },
  });
  return { status, text: `${stdout}${stderr}`.trim() };
};

const argsOf = ({ command = [] }: ComposeService): readonly string[] =>
  typeof command === 'string' ? command.split(' ') : command;

const environmentFaults = (): string[] => {
  const secrets = mkdtempSync(join(tmpdir(), 'baton-compose-'));
  try {
    const job = file.services['secrets'] ?? {};
    const made = inContainer(argsOf(job), job, secrets);
    if (made.status !== 0) return [`secrets: ${made.text}`];
    return services.flatMap((name) => {
      const service = file.services[name] ?? {};
      const checked = inContainer([...argsOf(service), '--check-config'], service, secrets);
      return checked.status === 0 ? [] : [`${name}: ${checked.text}`];
    });
  } finally {
    rmSync(secrets, { recursive: true });
  }
};

/** Every metric that the code makes: the names in quotes that begin as ours do. */
const declaredMetrics = (): string[] => {
  const files = ['libs', 'services'].flatMap((folder) =>
    readdirSync(path(folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\/src\/.*\.ts$/.test(name) && !/node_modules|\.spec\.ts$/.test(name))
      .map((name) => path(folder, name)),
  );
  return files.flatMap((name) =>
    [...readFileSync(name, 'utf8').matchAll(/'((?:baton|http|process|nodejs)[._][\w.]+)'/g)].map(
      (found) => found[1] as string,
    ),
  );
};

/** What a Compose client says, where there is one. */
const clientFaults = (): string[] => {
  if (spawnSync('docker', ['compose', 'version']).status !== 0) {
    console.log('No Compose client here: checked without one.');
    return [];
  }
  const { status, stderr } = spawnSync(
    'docker',
    ['compose', '-f', path('docker-compose.yml'), 'config', '-q'],
    {
      encoding: 'utf8',
    },
  );
  return status === 0 ? [] : [`docker compose: ${stderr.trim()}`];
};

execFileSync('sh', ['-n', path('infra/docker/entrypoint.sh')]);
const faults = [
  ...composeFaults(file, { services, exists: (name) => existsSync(path(name)) }),
  ...environmentFaults(),
  ...scrapeFaults(readYaml(path('infra/prometheus/prometheus.yml')), Object.keys(file.services), services),
  ...collectorFaults(readYaml(path('infra/otel/collector.yml'))),
  ...dashboardFaults(
    JSON.parse(readFileSync(path('infra/grafana/dashboards/baton.json'), 'utf8')),
    declaredMetrics(),
  ),
  ...clientFaults(),
];
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else
  console.log(
    `docker-compose.yml: ${Object.keys(file.services).length} services, nothing wrong that can be seen without running them.`,
  );
