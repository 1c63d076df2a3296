import {
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { run } from '../process/run.js';
import { StartFault } from '../process/start-fault.js';

/** Account PostgreSQL runs under: empty for our own, another one when we are root (PostgreSQL refuses root). */
export type Account = { readonly uid: number; readonly gid: number } | Record<never, never>;

const idOf = async (flag: string): Promise<number | undefined> => {
  const said = await run('id', [flag, 'postgres']);
  return said.code === 0 ? Number.parseInt(said.text, 10) : undefined;
};

const postgresAccount = async (): Promise<Account | undefined> => {
  const [uid, gid] = [await idOf('-u'), await idOf('-g')];
  return uid !== undefined && gid !== undefined ? { uid, gid } : undefined;
};

/**
 * Under root the account `postgres`, created on first use; otherwise our own.
 * @throws StartFault when the account cannot be created
 */
export const accountFor = async (ourUid = process.getuid?.()): Promise<Account> => {
  if (ourUid !== 0) return {};
  const known = await postgresAccount();
  if (known) return known;
  await run('groupadd', ['--system', 'postgres']);
  const added = await run('useradd', ['--system', '--gid', 'postgres', '--no-create-home', 'postgres']);
  const made = await postgresAccount();
  if (made) return made;
  throw new StartFault(
    `PostgreSQL refuses to run as root, and the account \`postgres\` could not be created: ${added.text.trim()}`,
    'Run `npm start` as an ordinary user, or add a user named postgres first.',
  );
};

/** Nearest parent folder of `path` without search permission for others; undefined if none. */
export const closedParent = (path: string): string | undefined => {
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return folder;
    if (folder === dirname(folder)) return undefined;
  }
};

/** Searchable by every account. */
const SHARED_FOLDER = '/var/lib/baton';

const nameFor = (path: string): string =>
  createHash('sha256').update(resolve(path)).digest('hex').slice(0, 12);

const isLink = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;

/**
 * Data folder that `account` can reach. Below a closed folder such as /root the data are stored in /var/lib/baton, with
 * a link at `dir` (which `npm run reset` follows).
 */
export const reachableData = (
  dir: string,
  account: Account,
  log: (line: string) => void,
  elsewhere = SHARED_FOLDER,
): string => {
  if (!('uid' in account)) return dir;
  const closed = closedParent(dir);
  if (!closed) return dir;
  if (!isLink(dir) && existsSync(join(dir, 'data'))) {
    throw new StartFault(
      `The account postgres may not enter ${closed}, where the data of PostgreSQL are.`,
      `Let others pass through it (\`chmod o+x ${closed}\`), or move ${dir} elsewhere and start with --home DIR.`,
    );
  }
  const target = join(elsewhere, nameFor(dir));
  mkdirSync(target, { recursive: true, mode: 0o711 });
  if (!isLink(dir)) {
    log(`the account postgres may not enter ${closed}: its data are stored in ${target}`);
    rmSync(dir, { recursive: true, force: true });
    symlinkSync(target, dir);
  }
  return target;
};

/** Program folder that `account` can reach: a copy if the installation is closed to it. */
export const reachablePrograms = (native: string, account: Account, version: string): string => {
  if (!('uid' in account) || !closedParent(join(native, 'bin'))) return native;
  const copy = join(SHARED_FOLDER, `postgresql-${version}`);
  if (!existsSync(copy)) {
    const part = `${copy}.${process.pid}`;
    mkdirSync(SHARED_FOLDER, { recursive: true, mode: 0o711 });
    cpSync(native, part, { recursive: true, verbatimSymlinks: true });
    if (existsSync(copy)) rmSync(part, { recursive: true });
    else renameSync(part, copy);
  }
  return copy;
};

/** Makes `account` the owner of the file. */
export const ownedFile = (file: string, account: Account): void => {
  if ('uid' in account) chownSync(file, account.uid, account.gid);
};

/** Creates `dir`, owned by `account`. */
export const ownedFolder = (dir: string, account: Account): void => {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  ownedFile(dir, account);
};
