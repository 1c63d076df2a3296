import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { composeProblems } from './compose/compose-problems.js';
import { composeFileIn, readYaml, type ComposeService } from './compose/compose-file.js';
import { collectorProblems, dashboardProblems, scrapeProblems } from './compose/observability-problems.js';

/**
 * Checks docker-compose.yml without a container engine: the file itself, the environment of every service through its
 * `--check-config`, and the configuration of Prometheus, the OpenTelemetry collector and Grafana. Runs `docker compose config`
 * too when a Compose client is installed.
 */
const root = resolve(import.meta.dirname, '../..');
const path = (...parts: string[]): string => join(root, ...parts);
const file = composeFileIn(readFileSync(path('docker-compose.yml'), 'utf8'));
const services = readdirSync(path('services')).filter((name) =>
  existsSync(path('services', name, 'src/main.ts')),
);

/** Runs the image's entry point with the environment of the file; only PATH is inherited. */
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

const environmentProblems = (): string[] => {
  const secrets = mkdtempSync(join(tmpdir(), 'baton-compose-'));
  try {
    const job = file.services['secrets'] ?? {};
    const generated = inContainer(argsOf(job), job, secrets);
    if (generated.status !== 0) return [`secrets: ${generated.text}`];
    return services.flatMap((name) => {
      const service = file.services[name] ?? {};
      const checked = inContainer([...argsOf(service), '--check-config'], service, secrets);
      return checked.status === 0 ? [] : [`${name}: ${checked.text}`];
    });
  } finally {
    rmSync(secrets, { recursive: true });
  }
};

/** Metrics declared in code: quoted names with a known prefix. */
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

/** Problems reported by `docker compose config`, if a client is installed. */
const composeClientProblems = (): string[] => {
  if (spawnSync('docker', ['compose', 'version']).status !== 0) {
    console.log('No Compose client found: skipped `docker compose config`.');
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
const problems = [
  ...composeProblems(file, { services, exists: (name) => existsSync(path(name)) }),
  ...environmentProblems(),
  ...scrapeProblems(readYaml(path('infra/prometheus/prometheus.yml')), Object.keys(file.services), services),
  ...collectorProblems(readYaml(path('infra/otel/collector.yml'))),
  ...dashboardProblems(
    JSON.parse(readFileSync(path('infra/grafana/dashboards/baton.json'), 'utf8')),
    declaredMetrics(),
  ),
  ...composeClientProblems(),
];
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else
  console.log(
    `docker-compose.yml: ${Object.keys(file.services).length} services, no problems found (not run).`,
  );
