import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startKafka } from '../kafka/kafka.js';
import { environment } from '../local.config.js';
import { startPostgres, type RunningPostgres } from '../postgres/postgres.js';
import type { Child } from '../process/child.js';
import { provisionDatabase, serviceDatabaseUrl } from '../provision/provision-database.js';
import { provisionBroker } from '../provision/provision.js';
import { secretsIn, type Secrets } from '../secrets/secrets.js';
import { seed } from '../seed/seed.js';
import { perService, serviceNames, type ServiceName } from '../services.js';
import type { Options } from './start-options.js';
import { Goodbye } from './shutdown-order.js';
import type { Home } from './data-folder.js';
import { LocalFile, type LocalJson } from './local-file.js';
import { Migrated } from './applied-migrations.js';
import { planPorts, type PortPlan } from './port-plan.js';
import { serviceEnvironment, urlOf, type House } from './service-environment.js';
import { launch, runToEnd, scriptOf, untilReady } from './service-process.js';
import { Supervised, type Running } from './supervisor.js';

/** Tried first when the data folder is the usual one. */
const usualPorts = 8400;
/** A migration needs the broker's address in its configuration, but no broker. */
const noBroker = '127.0.0.1:9';
const simulator = 'tools/dist/simulator/main.js';

export interface Opening {
  readonly options: Options;
  readonly home: Home;
  readonly goodbye: Goodbye;
  readonly say: (line: string) => void;
}

/** Starts everything and keeps it running. Resolves when all of it answers and `local.json` is written. */
export const openHouse = async (opening: Opening): Promise<Omit<LocalJson, 'pids'>> => {
  const { options, home } = opening;
  const usual = options.home === join(environment.repository, '.baton') ? usualPorts : undefined;
  return new Opener(
    opening,
    await planPorts(options.portBase, usual),
    new LocalFile(home.localFile, home.pidsFile),
  ).open();
};

class Opener {
  private readonly secrets: Secrets;

  constructor(
    private readonly opening: Opening,
    private readonly ports: PortPlan,
    private readonly file: LocalFile,
  ) {
    this.secrets = secretsIn(opening.home.secretsFile);
    opening.goodbye.add('simulator', { stop: () => Promise.resolve(file.remove()) });
  }

  async open(): Promise<Omit<LocalJson, 'pids'>> {
    const { home, options, say } = this.opening;
    const [database, broker] = [this.database(), this.broker()];
    const [adminUrl, brokers] = await Promise.all([
      database,
      broker,
      // Schemas are brought up to date while the broker is still starting.
      database.then((url) => this.migrate(url)),
    ]);
    const house = this.houseWith(adminUrl, brokers);
    await Promise.all(serviceNames.map((name) => this.service(name, house)));
    const seeded = await seed({ gateway: urlOf(this.ports.gateway), secretsFile: home.secretsFile, say });
    say('users, sellers, source and form are there');
    const { adminToken } = this.secrets;
    const local = {
      ...perService((name) => urlOf(this.ports[name])),
      kafka: brokers,
      database: adminUrl,
      ...seeded,
      adminToken,
    };
    this.file.publish(local);
    if (options.demo) await this.simulator();
    return local;
  }

  private houseWith(adminUrl: string, brokers: string): House {
    const { databasePasswords, identitySecret, adminToken } = this.secrets;
    return {
      ports: this.ports,
      brokers,
      databaseUrls: perService((name) => serviceDatabaseUrl(adminUrl, name, databasePasswords[name])),
      identitySecret,
      adminToken,
      dashboard: join(environment.repository, 'services/dashboard/dist'),
    };
  }

  /** @returns the superuser's URL of a database that is ready for the services */
  private async database(): Promise<string> {
    const { home, say } = this.opening;
    let adminUrl = environment.databaseUrl;
    if (adminUrl) say('using the PostgreSQL of DATABASE_URL');
    else {
      const { postgres: port } = this.ports;
      const start = (): Promise<RunningPostgres> =>
        startPostgres({ dir: home.path('postgres'), port, log: say });
      ({ url: adminUrl } = (await this.supervised('server', 'postgres', start)).first);
      say(`PostgreSQL answers on 127.0.0.1:${port}`);
    }
    await provisionDatabase(adminUrl, this.secrets.databasePasswords);
    return adminUrl;
  }

  /** @returns the brokers, with all topics */
  private async broker(): Promise<string> {
    const { home, say } = this.opening;
    let brokers = environment.kafkaBrokers;
    if (brokers) say('using the Apache Kafka of KAFKA_BROKERS');
    else {
      const { kafka: port, kafkaController: controllerPort } = this.ports;
      await this.supervised('server', 'kafka', () =>
        startKafka({ dir: home.path('kafka'), port, controllerPort, log: say }),
      );
      brokers = `127.0.0.1:${port}`;
      say(`Apache Kafka answers on ${brokers}`);
    }
    await provisionBroker(brokers);
    return brokers;
  }

  private async migrate(adminUrl: string): Promise<void> {
    const house = this.houseWith(adminUrl, noBroker);
    const migrateService = (name: ServiceName): Promise<void> =>
      runToEnd({
        name: `${name} --migrate`,
        script: scriptOf(name),
        args: ['--migrate'],
        logFile: this.opening.home.logFile(name),
        env: serviceEnvironment(name, house, environment.all),
      });
    const migrated = new Migrated(
      this.opening.home.path('postgres', 'migrated.json'),
      environment.repository,
    );
    // A database of somebody else's may have been emptied meanwhile.
    const due = serviceNames.filter((name) => environment.databaseUrl || !migrated.has(name));
    await Promise.all(due.map(migrateService));
    if (!environment.databaseUrl) migrated.keep(due);
    this.opening.say('the schemas are up to date');
  }

  private async service(name: ServiceName, house: House): Promise<void> {
    const { home, say } = this.opening;
    const start = (): Promise<Child> =>
      launch({
        name,
        script: scriptOf(name),
        logFile: home.logFile(name),
        env: serviceEnvironment(name, house, environment.all),
        preload: '@baton/platform/telemetry',
      });
    let first: Child | undefined;
    await this.supervised('service', name, async () => {
      const child = await start();
      if (first) return child;
      first = child;
      await untilReady(child, name, `${urlOf(this.ports[name])}/health/ready`);
      return child;
    });
    say(`${name} is ready`);
  }

  private async simulator(): Promise<void> {
    const { home, say } = this.opening;
    if (!existsSync(join(environment.repository, simulator))) return;
    await this.supervised('simulator', 'simulator', () =>
      launch({
        name: 'simulator',
        script: simulator,
        args: ['--local', home.localFile],
        logFile: home.logFile('simulator'),
        env: environment.all,
      }),
    );
    say('the demo runs: visitors, leads and sellers are simulated');
  }

  private async supervised<Process extends Running>(
    turn: 'server' | 'service' | 'simulator',
    name: string,
    start: () => Promise<Process>,
  ): Promise<Supervised<Process>> {
    const { goodbye, say } = this.opening;
    return goodbye.add(turn, await Supervised.start({ name, start, say, onPid: this.file.keepPid }));
  }
}
