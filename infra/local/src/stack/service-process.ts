import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { environment } from '../local.config.js';
import { Child } from '../process/child.js';
import { StartFault, startFault } from '../process/start-fault.js';

/** Something of this repository that runs in Node.js. */
export interface Program {
  name: string;
  /** Relative to the repository. */
  script: string;
  args?: readonly string[];
  logFile: string;
  env: Record<string, string | undefined>;
  /** Loaded first, by package name. */
  preload?: string;
}

export const scriptOf = (service: string): string => `services/${service}/dist/main.js`;

/** Starts it; resolves as soon as the process exists. */
export const launch = ({ name, script, args = [], logFile, env, preload }: Program): Promise<Child> => {
  if (!existsSync(join(environment.repository, script))) {
    throw new StartFault(
      `${name} is not built: ${script} is missing.`,
      'Run `npm run build`, or use `npm start`.',
    );
  }
  return Child.launch({
    command: process.execPath,
    // A small young generation: the services' garbage is short-lived, and 48 MB of it in each of five processes is memory lost.
    args: ['--max-semi-space-size=8', ...(preload ? ['--import', preload] : []), script, ...args],
    cwd: environment.repository,
    logFile,
    env,
  });
};

/** Runs it to its end. @throws StartFault when it fails */
export const runToEnd = async (program: Program): Promise<void> => {
  const child = await launch(program);
  const { code } = await child.exited;
  if (code !== 0) throw startFault(program.name, child.tail(), program.logFile);
};

const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
};

/**
 * Waits until `url` answers 2xx.
 * @throws StartFault when the process ends before, or does not become ready within `patience` ms
 */
export const untilReady = async (
  child: Child,
  name: string,
  url: string,
  patience = 60_000,
): Promise<void> => {
  for (const started = Date.now(); !(await answers(url)); await delay(100)) {
    if (child.exit || Date.now() - started > patience) throw startFault(name, child.tail(), child.logFile);
  }
};
