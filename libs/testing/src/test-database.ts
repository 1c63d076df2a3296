import { createHash, randomUUID } from 'node:crypto';
import { Database } from '@baton/bus';
import pg from 'pg';
import { DataSource, type DataSourceOptions, type MigrationInterface } from 'typeorm';
import { addressOf } from './test-servers.js';

export interface TestDatabaseOptions {
  /** Name of the service, and of the schema. */
  readonly name: string;
  /** Migration classes of the service. */
  readonly migrations?: readonly (new () => MigrationInterface)[];
  readonly entities?: NonNullable<DataSourceOptions['entities']>;
}

export interface TestDatabase {
  /** For the service and for clients; `search_path` of each connection is the schema. */
  readonly url: string;
  readonly schema: string;
  /** Initialised and migrated, with the schema as `search_path`. */
  readonly source: DataSource;
  readonly database: Database;
  /** Closes `source` and drops the database, open connections included. */
  drop(): Promise<void>;
}

/**
 * Creates a database on this run's PostgreSQL. Each set of migrations runs once per run, into a template; every call copies the template
 * in about 50 ms.
 */
export const testDatabase = async (options: TestDatabaseOptions): Promise<TestDatabase> =>
  databaseOn(await addressOf('postgres'), options);

/** As {@link testDatabase} on the server with this superuser URL. Leaves its templates there. */
export const databaseOn = async (server: string, options: TestDatabaseOptions): Promise<TestDatabase> => {
  const { name } = options;
  const database = `${name}-${randomUUID().slice(0, 8)}`;
  await asSuperuser(server, async (client) => {
    const template = await templateFor(client, server, options);
    await client.query(`create database "${database}" template "${template}"`);
    await client.query(`alter database "${database}" set search_path to "${name}"`);
  });
  const url = urlOf(server, database);
  const source = await sourceOf(url, options).initialize();
  return {
    url,
    schema: name,
    source,
    database: new Database(source),
    drop: async () => {
      await source.destroy();
      await asSuperuser(server, (client) => client.query(`drop database "${database}" with (force)`));
    },
  };
};

/** The first caller creates the template, others wait. It refuses connections, because an open one blocks copying. */
const templateFor = async (
  client: pg.Client,
  server: string,
  options: TestDatabaseOptions,
): Promise<string> => {
  const template = `template-${fingerprint(options)}`;
  await client.query('select pg_advisory_lock(hashtext($1))', [template]);
  const { rowCount } = await client.query('select from pg_database where datname = $1', [template]);
  if (rowCount === 0) await createTemplate(client, server, template, options);
  await client.query('select pg_advisory_unlock(hashtext($1))', [template]);
  return template;
};

const createTemplate = async (
  client: pg.Client,
  server: string,
  template: string,
  options: TestDatabaseOptions,
) => {
  const draft = `${template}-${randomUUID().slice(0, 8)}`;
  await client.query(`create database "${draft}"`);
  const source = await sourceOf(urlOf(server, draft), options).initialize();
  try {
    await source.query(`create schema "${options.name}"`);
    await source.runMigrations({ transaction: 'each' });
  } finally {
    await source.destroy();
  }
  await client.query(`alter database "${draft}" rename to "${template}"`);
  await client.query(`alter database "${template}" allow_connections false`);
};

/** Hash of the source of the migrations: two spec files may have migration classes of the same name. */
const fingerprint = ({ name, migrations = [] }: TestDatabaseOptions): string =>
  createHash('sha256')
    .update([name, ...migrations.map(String)].join('\n'))
    .digest('hex')
    .slice(0, 16);

const sourceOf = (url: string, { name, migrations = [], entities = [] }: TestDatabaseOptions): DataSource =>
  new DataSource({
    type: 'postgres',
    url,
    schema: name,
    entities,
    migrations: [...migrations],
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    extra: { options: `-c search_path="${name}"` },
  });

const urlOf = (server: string, database: string): string => {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
};

const asSuperuser = async (server: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> => {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
};
