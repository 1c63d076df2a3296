import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { prepareKafka } from '../kafka/kafka.js';
import { environment } from '../local.config.js';
import { startPostgres, type RunningPostgres } from '../postgres/postgres.js';
import type { Child } from '../process/child.js';
import { brokerOptions } from '../provision/broker-options.js';
import { provisionDatabase, serviceDatabaseUrl } from '../provision/provision-database.js';
import { provisionBroker } from '../provision/provision.js';
import { secretsIn, type Secrets } from '../secrets/secrets.js';
import { seed } from '../seed/seed.js';
import { perService, serviceNames, type ServiceName } from '../services.js';
import type { StartOptions } from './start-options.js';
import { ShutdownOrder } from './shutdown-order.js';
import type { DataFolder } from './data-folder.js';
import { LocalFile, type LocalJson } from './local-file.js';
import { AppliedMigrations } from './applied-migrations.js';
import { planPorts, type PortPlan } from './port-plan.js';
import { serviceEnvironment, urlOf, type LocalStack } from './service-environment.js';
import { launch, runToEnd, scriptOf, untilReady } from './service-process.js';
import { Supervised, type Running } from './supervisor.js';

/** Ports tried first for the default data folder. */
const DEFAULT_PORT_BASE = 8400;
/** A migration needs the broker's address in its configuration, but no broker. */
const UNUSED_BROKER = '127.0.0.1:9';
const SIMULATOR = 'tools/dist/simulator/main.js';

export interface StackStart {
  readonly options: StartOptions;
  readonly folder: DataFolder;
  readonly shutdown: ShutdownOrder;
  readonly say: (line: string) => void;
}

/**
 * Starts servers, services and demo, and restarts each process that exits.
 * @returns the content of `local.json`, written once every service is ready
 * @throws StartFault when a server or service does not start
 */
export const startStack = async (context: StackStart): Promise<Omit<LocalJson, 'pids'>> => {
  const { options, folder } = context;
  const usual = options.home === join(environment.repository, '.baton') ? DEFAULT_PORT_BASE : undefined;
  return new StackStarter(
    context,
    await planPorts(options.portBase, usual),
    new LocalFile(folder.localFile, folder.pidsFile),
  ).start();
};

class StackStarter {
  private readonly secrets: Secrets;

  constructor(
    private readonly context: StackStart,
    private readonly ports: PortPlan,
    private readonly file: LocalFile,
  ) {
    this.secrets = secretsIn(context.folder.secretsFile);
    context.shutdown.add('simulator', { stop: () => Promise.resolve(file.remove()) });
  }

  async start(): Promise<Omit<LocalJson, 'pids'>> {
    const { folder, options, say } = this.context;
    const [database, broker] = [this.database(), this.broker()];
    const [adminUrl, brokers] = await Promise.all([
      database,
      broker,
      // Schemas are brought up to date while the broker is still starting.
      database.then((url) => this.migrate(url)),
    ]);
    const stack = this.stackOf(adminUrl, brokers);
    await Promise.all(serviceNames.map((name) => this.service(name, stack)));
    const seeded = await seed({ gateway: urlOf(this.ports.gateway), secretsFile: folder.secretsFile, say });
    say('users, sellers, source and form are ready');
    const local = {
      ...perService((name) => urlOf(this.ports[name])),
      kafka: brokers,
      database: adminUrl,
      ...seeded,
    };
    this.file.publish(local);
    if (options.demo) await this.simulator();
    return local;
  }

  private stackOf(adminUrl: string, brokers: string): LocalStack {
    const { databasePasswords, identity, secondFactorKeys, adminToken } = this.secrets;
    return {
      ports: this.ports,
      brokers,
      databaseUrls: perService((name) => serviceDatabaseUrl(adminUrl, name, databasePasswords[name])),
      identity,
      secondFactorKeys,
      adminToken,
      dashboard: join(environment.repository, 'services/dashboard/dist'),
    };
  }

  /** @returns the superuser's URL of a database that is ready for the services */
  private async database(): Promise<string> {
    const { folder, say } = this.context;
    let adminUrl = environment.databaseUrl;
    if (adminUrl) say('using the PostgreSQL of DATABASE_URL');
    else {
      const { postgres: port } = this.ports;
      const start = (): Promise<RunningPostgres> =>
        startPostgres({ dir: folder.path('postgres'), port, log: say });
      ({ url: adminUrl } = (await this.supervised('server', 'postgres', start)).first);
      say(`PostgreSQL answers on 127.0.0.1:${port}`);
    }
    await provisionDatabase(adminUrl, this.secrets.databasePasswords, environment.biPassword);
    return adminUrl;
  }

  /** @returns the brokers, with all topics */
  private async broker(): Promise<string> {
    const { folder, say, options } = this.context;
    let brokers = environment.kafkaBrokers;
    if (brokers) say('using the Apache Kafka of KAFKA_BROKERS');
    else {
      const { kafka, kafkaController, moreKafka } = this.ports;
      const ports = [{ client: kafka, controller: kafkaController }, ...moreKafka];
      const prepared = await prepareKafka({
        dir: folder.path('kafka'),
        ports,
        brokers: options.brokers,
        log: say,
      });
      // Concurrently: a cluster needs two of three controllers before any of its brokers serves.
      await Promise.all(
        prepared.nodes.map((node, index) =>
          this.supervised('server', index === 0 ? 'kafka' : `kafka-${index + 1}`, node.start),
        ),
      );
      ({ brokers } = prepared);
      say(`Apache Kafka answers on ${brokers}`);
    }
    const external = environment.kafkaBrokers !== undefined;
    await provisionBroker(
      brokers,
      external ? brokerOptions(environment.all) : { replicationFactor: options.brokers },
    );
    return brokers;
  }

  private async migrate(adminUrl: string): Promise<void> {
    const stack = this.stackOf(adminUrl, UNUSED_BROKER);
    const migrateService = (name: ServiceName): Promise<void> =>
      runToEnd({
        name: `${name} --migrate`,
        script: scriptOf(name),
        args: ['--migrate'],
        logFile: this.context.folder.logFile(name),
        env: serviceEnvironment(name, stack, environment.all),
      });
    const applied = new AppliedMigrations(
      this.context.folder.path('postgres', 'migrated.json'),
      environment.repository,
    );
    // An external database may have been emptied since the last start.
    const due = serviceNames.filter((name) => environment.databaseUrl || !applied.has(name));
    await Promise.all(due.map(migrateService));
    if (!environment.databaseUrl) applied.record(due);
    this.context.say('the schemas are up to date');
  }

  private async service(name: ServiceName, stack: LocalStack): Promise<void> {
    const { folder, say } = this.context;
    const start = (): Promise<Child> =>
      launch({
        name,
        script: scriptOf(name),
        logFile: folder.logFile(name),
        env: serviceEnvironment(name, stack, environment.all),
        preload: '@baton/platform/telemetry',
      });
    let first: Child | undefined;
    await this.supervised('service', name, async () => {
      const child = await start();
      if (first) return child;
      first = child;
      const ports = [this.ports.management[name], this.ports[name]];
      await untilReady(
        child,
        name,
        ports.map((port) => `${urlOf(port)}/health/ready`),
      );
      return child;
    });
    say(`${name} is ready`);
  }

  private async simulator(): Promise<void> {
    const { folder, say } = this.context;
    if (!existsSync(join(environment.repository, SIMULATOR))) return;
    await this.supervised('simulator', 'simulator', () =>
      launch({
        name: 'simulator',
        script: SIMULATOR,
        args: ['--local', folder.localFile],
        logFile: folder.logFile('simulator'),
        env: environment.all,
      }),
    );
    say('the demo runs: visitors, leads and sellers are simulated');
  }

  private async supervised<Process extends Running>(
    step: 'server' | 'service' | 'simulator',
    name: string,
    start: () => Promise<Process>,
  ): Promise<Supervised<Process>> {
    const { shutdown, say } = this.context;
    return shutdown.add(step, await Supervised.start({ name, start, say, onPid: this.file.keepPid }));
  }
}
