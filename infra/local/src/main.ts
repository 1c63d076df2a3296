import { CommanderError } from 'commander';
import { join } from 'node:path';
import { startOptionsOf } from './stack/start-options.js';
import { ShutdownOrder } from './stack/shutdown-order.js';
import { DataFolder } from './stack/data-folder.js';
import { startStack } from './stack/start-stack.js';
import { onSignals } from './stack/signals.js';
import { startupBanner } from './stack/startup-banner.js';
import { environment } from './local.config.js';
import { endAtOnce, endRemaining } from './process/child.js';
import { StartFault } from './process/start-fault.js';

const started = Date.now();
const say = (line: string): void => {
  console.log(`${((Date.now() - started) / 1_000).toFixed(1).padStart(6)} s  ${line}`);
};

const shutdown = new ShutdownOrder();

const end = async (folder: DataFolder, code: number): Promise<never> => {
  await shutdown.stopAll();
  await endRemaining();
  folder.release();
  process.exit(code);
};

const main = async (): Promise<void> => {
  const options = startOptionsOf(process.argv.slice(2), join(environment.repository, '.baton'));
  const folder = new DataFolder(options.home);
  await folder.claim(say);
  let stopping = false;
  onSignals({
    onFirst: () => {
      stopping = true;
      say('stopping');
      void end(folder, 0);
    },
    onSecond: () => {
      endAtOnce();
      process.exit(1);
    },
    watchParent: environment.byNpm,
  });
  try {
    const local = await startStack({ options, folder, shutdown, say });
    console.log(startupBanner(local));
    console.log(`  Addresses and credentials are in ${folder.localFile}.`);
    console.log('  Ctrl-C stops everything; the data are kept until `npm run reset`.\n');
  } catch (fault) {
    // A start interrupted by a signal is not a failure.
    if (stopping) return;
    console.error(fault instanceof StartFault ? `\n${fault.message}\n` : fault);
    await end(folder, 1);
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
