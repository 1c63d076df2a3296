import { CommanderError } from 'commander';
import { join } from 'node:path';
import { optionsIn } from './stack/start-options.js';
import { Goodbye } from './stack/shutdown-order.js';
import { Home } from './stack/data-folder.js';
import { openHouse } from './stack/start-stack.js';
import { onSignals } from './stack/signals.js';
import { welcome } from './stack/startup-banner.js';
import { environment } from './local.config.js';
import { endAtOnce, endRemaining } from './process/child.js';
import { StartFault } from './process/start-fault.js';

const started = Date.now();
const say = (line: string): void => {
  console.log(`${((Date.now() - started) / 1_000).toFixed(1).padStart(6)} s  ${line}`);
};

const goodbye = new Goodbye();

const end = async (home: Home, code: number): Promise<never> => {
  await goodbye.say();
  await endRemaining();
  home.release();
  process.exit(code);
};

const main = async (): Promise<void> => {
  const options = optionsIn(process.argv.slice(2), join(environment.repository, '.baton'));
  const home = new Home(options.home);
  await home.claim(say);
  let stopping = false;
  onSignals({
    onFirst: () => {
      stopping = true;
      say('stopping');
      void end(home, 0);
    },
    onSecond: () => {
      endAtOnce();
      process.exit(1);
    },
    watchParent: environment.byNpm,
  });
  try {
    const local = await openHouse({ options, home, goodbye, say });
    console.log(welcome(local));
    console.log(`  Everything else to know is in ${home.localFile}.`);
    console.log('  Ctrl-C stops all of it; the data stay until `npm run reset`.\n');
  } catch (fault) {
    // What was asked to stop while it started has not failed.
    if (stopping) return;
    console.error(fault instanceof StartFault ? `\n${fault.message}\n` : fault);
    await end(home, 1);
  }
};

try {
  await main();
} catch (fault) {
  if (fault instanceof CommanderError) process.exitCode = fault.exitCode;
  else {
    console.error(fault instanceof StartFault ? `\n${fault.message}\n` : fault);
    process.exitCode = 1;
  }
}
