import { existsSync, lstatSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { optionsIn } from './stack/start-options.js';
import { Home } from './stack/data-folder.js';
import { environment } from './local.config.js';

/** Deletes a folder, and where it is only a link (see postgres-account.ts) also what it stands for. */
const remove = (path: string): void => {
  if (lstatSync(path).isSymbolicLink() && existsSync(path)) rmSync(realpathSync(path), { recursive: true });
  rmSync(path, { recursive: true, force: true });
};

/** `npm run reset`: deletes data, logs and secrets of a Baton that does not run. */
const { home: dir } = optionsIn(process.argv.slice(2), join(environment.repository, '.baton'));
const owner = new Home(dir).owner();
if (owner) {
  console.error(`A Baton runs in ${dir} (pid ${owner}). Stop it first, with Ctrl-C.`);
  process.exitCode = 1;
} else if (!existsSync(dir)) console.log(`There is nothing in ${dir}.`);
else {
  // Only what a start makes: the folder may have been given with --home and hold other things.
  const ours = ['postgres', 'kafka', 'logs', 'secrets.json', 'local.json', 'pids.json', 'start.pid'];
  readdirSync(dir)
    .filter((name) => ours.includes(name))
    .forEach((name) => remove(join(dir, name)));
  console.log(`The data in ${dir} are deleted; \`npm start\` begins anew.`);
}
