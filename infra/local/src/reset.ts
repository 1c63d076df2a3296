import { existsSync, lstatSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startOptionsOf } from './stack/start-options.js';
import { DataFolder } from './stack/data-folder.js';
import { environment } from './local.config.js';

/** Deletes a folder; for a link (see postgres-account.ts) also its target. */
const remove = (path: string): void => {
  if (lstatSync(path).isSymbolicLink() && existsSync(path)) rmSync(realpathSync(path), { recursive: true });
  rmSync(path, { recursive: true, force: true });
};

/** `npm run reset`: deletes data, logs and secrets of a Baton that does not run. */
const { home: dir } = startOptionsOf(process.argv.slice(2), join(environment.repository, '.baton'));
const owner = new DataFolder(dir).owner();
if (owner) {
  console.error(`A Baton runs in ${dir} (pid ${owner}). Stop it first, with Ctrl-C.`);
  process.exitCode = 1;
} else if (!existsSync(dir)) console.log(`There is nothing in ${dir}.`);
else {
  // Only files of a start: a folder given with --home may hold others.
  const created = ['postgres', 'kafka', 'logs', 'secrets.json', 'local.json', 'pids.json', 'start.pid'];
  readdirSync(dir)
    .filter((name) => created.includes(name))
    .forEach((name) => remove(join(dir, name)));
  console.log(`The data in ${dir} are deleted; \`npm start\` starts with an empty system.`);
}
