import { createHash, randomUUID } from 'node:crypto';
import { Database } from '@baton/bus';
import pg from 'pg';
import { DataSource, type DataSourceOptions, type MigrationInterface } from 'typeorm';
import { addressOf } from './test-servers.js';

export interface TestDatabaseOptions {
  /** The service, or whatever the schema shall be called. */
  readonly name: string;
  /** Migration classes as the service lists them. */
  readonly migrations?: readonly (new () => MigrationInterface)[];
  readonly entities?: NonNullable<DataSourceOptions['entities']>;
}

export interface TestDatabase {
  /** For services and clients of the spec; every connection to it begins in the schema. */
  readonly url: string;
  readonly schema: string;
  /** Initialised, migrated, in the schema. */
  readonly source: DataSource;
  readonly database: Database;
  /** Closes `source` and drops the database, whoever is still connected. */
  drop(): Promise<void>;
}

/**
 * A database of its own on this run's PostgreSQL. The migrations run once per run and set, into a template; every call gets
 * a copy of it, which takes some 50 ms.
 */
export const testDatabase = async (options: TestDatabaseOptions): Promise<TestDatabase> =>
  databaseOn(await addressOf('postgres'), options);

/** The same on any server: `server` is the URL of a superuser. Templates stay there; for servers that are thrown away. */
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

/** Whoever comes first makes it, the others wait; nobody may connect to it then, since that would block copying. */
const templateFor = async (
  client: pg.Client,
  server: string,
  options: TestDatabaseOptions,
): Promise<string> => {
  const template = `template-${fingerprint(options)}`;
  await client.query('select pg_advisory_lock(hashtext($1))', [template]);
  const { rowCount } = await client.query('select from pg_database where datname = $1', [template]);
  if (rowCount === 0) await makeTemplate(client, server, template, options);
  await client.query('select pg_advisory_unlock(hashtext($1))', [template]);
  return template;
};

const makeTemplate = async (
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

/** By what the migrations do, not only by their names: two files may have classes of the same name. */
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
