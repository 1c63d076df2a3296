import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { Child, type Exit } from '../process/child.js';
import { endOrphan, orphanIn } from '../process/orphan-process.js';
import { requirePort, freePort } from '../process/ports.js';
import { run } from '../process/run.js';
import { requireDiskSpace } from '../process/disk-space.js';
import { DAMAGED_DATA_ADVICE, startFault } from '../process/start-fault.js';
import { accountFor, ownedFile, ownedFolder, reachableData, type Account } from './postgres-account.js';
import { programsFor, type Programs } from './postgres-programs.js';
import { asArguments, postgresSettings } from './postgres-settings.js';

export interface PostgresOptions {
  /** Data files, password and log; kept between starts. */
  dir: string;
  /** Any free port when absent. */
  port?: number;
  log?: (line: string) => void;
  /** Server settings over the defaults, for example `{ fsync: 'off' }` in tests. */
  settings?: Record<string, string>;
}

export interface RunningPostgres {
  /** URL of the database `baton` as superuser. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly exited: Promise<Exit>;
  /** Closes open sessions and stops the server; no effect after its exit. */
  stop(): Promise<void>;
}

const superuser = 'postgres';
const database = 'baton';

/** Log lines while backends or the lock file of a killed predecessor remain. */
const PREDECESSOR_STILL_ENDING = /pre-existing shared memory block|lock file "postmaster.pid" already exists/;

const passwordIn = (dir: string): string => {
  const file = join(dir, 'password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(18).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
};

const initDatabaseFiles = async (
  programs: Programs,
  data: string,
  password: string,
  account: Account,
): Promise<void> => {
  // Into a temporary folder, renamed when complete, so that an interrupted initdb is not taken for a database.
  const part = `${data}.new`;
  rmSync(part, { recursive: true, force: true });
  ownedFolder(part, account);
  const passwordFile = join(part, '..', `initial-password-${process.pid}`);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  try {
    ownedFile(passwordFile, account);
    const said = await run(
      programs.initdb,
      [
        ...[
          '-D',
          part,
          '-U',
          superuser,
          `--pwfile=${passwordFile}`,
          '--auth=scram-sha-256',
          '--encoding=UTF8',
        ],
        ...[
          '--locale-provider=builtin',
          '--builtin-locale=C.UTF-8',
          '--locale=C',
          '--no-sync',
          '--no-instructions',
        ],
      ],
      account,
    );
    if (said.code !== 0) throw startFault('PostgreSQL (initdb)', said.text, data);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(part, data);
};

/** One query as superuser, over a connection of its own. */
const queryOnce = async (url: string, sql: string): Promise<pg.QueryResult> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await client.query(sql);
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** `up` once the server accepts queries, `gone` if it exits first. */
const untilServing = async (server: Child, url: string): Promise<'up' | 'gone'> => {
  while (!server.exit) {
    try {
      await queryOnce(url, 'select 1');
      return 'up';
    } catch {
      await delay(25);
    }
  }
  return 'gone';
};

const ensureDatabase = async (url: (name: string) => string): Promise<void> => {
  const known = await queryOnce(url('postgres'), `select 1 from pg_database where datname = '${database}'`);
  if (known.rowCount === 0) await queryOnce(url('postgres'), `create database ${database}`);
};

/**
 * Starts a real PostgreSQL on 127.0.0.1 and waits until it answers. The same `dir` (and port) can be started again
 * after a stop or a kill; an orphaned server of an earlier run is stopped first.
 * @throws StartFault with the log of the server and what to do
 */
export const startPostgres = async (options: PostgresOptions): Promise<RunningPostgres> => {
  const { log = () => undefined, settings = {} } = options;
  const account = await accountFor();
  const dir = reachableData(resolve(options.dir), account, log);
  mkdirSync(dir, { recursive: true, mode: 0o711 });
  await requireDiskSpace(dir);
  const programs = programsFor(account);
  const password = passwordIn(dir);
  const data = join(dir, 'data');
  if (!existsSync(join(data, 'PG_VERSION'))) {
    log('creating the database files');
    await initDatabaseFiles(programs, data, password, account);
  }
  const old = orphanIn(join(data, 'postmaster.pid'), data);
  if (old) {
    log(`stopping a PostgreSQL orphaned by an earlier run (pid ${old})`);
    await endOrphan(old, 'SIGINT');
  }
  const port = options.port ?? (await freePort());
  await requirePort(port, 'PostgreSQL', existsSync(join(data, 'postmaster.pid')) ? 5_000 : 0);
  const url = (name: string): string => `postgres://${superuser}:${password}@127.0.0.1:${port}/${name}`;
  const logFile = join(dir, 'postgres.log');
  for (const started = Date.now(); ; await delay(100)) {
    const server = await Child.launch({
      command: programs.postgres,
      args: ['-D', data, '-p', String(port), ...asArguments({ ...postgresSettings, ...settings })],
      logFile,
      lastSignal: 'SIGINT',
      ...account,
    });
    if ((await untilServing(server, url('postgres'))) === 'up') {
      await ensureDatabase(url);
      const { pid, exited } = server;
      return {
        url: url(database),
        port,
        pid,
        exited,
        stop: () => server.stop({ signal: 'SIGINT', grace: 15_000 }),
      };
    }
    if (!PREDECESSOR_STILL_ENDING.test(server.tail()) || Date.now() - started > 20_000) {
      throw startFault('PostgreSQL', server.tail(), logFile, DAMAGED_DATA_ADVICE);
    }
  }
};
