import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { environment } from '../local.config.js';
import { Child } from '../process/child.js';
import { StartFault, startFault } from '../process/start-fault.js';

/** A Node.js program of this repository. */
export interface Program {
  name: string;
  /** Relative to the repository. */
  script: string;
  args?: readonly string[];
  logFile: string;
  env: Record<string, string | undefined>;
  /** Package loaded with `--import`. */
  preload?: string;
}

export const scriptOf = (service: string): string => `services/${service}/dist/main.js`;

/**
 * Starts the program; resolves once the process exists.
 * @throws StartFault when the program is not built
 */
export const launch = ({ name, script, args = [], logFile, env, preload }: Program): Promise<Child> => {
  if (!existsSync(join(environment.repository, script))) {
    throw new StartFault(
      `${name} is not built: ${script} is missing.`,
      'Run `npm run build`, or use `npm start`.',
    );
  }
  return Child.launch({
    command: process.execPath,
    // Most garbage of the services is short-lived; the default semi-space costs 48 MB in each of five processes.
    args: ['--max-semi-space-size=8', ...(preload ? ['--import', preload] : []), script, ...args],
    cwd: environment.repository,
    logFile,
    env,
  });
};

/**
 * Runs the program to completion.
 * @throws StartFault on a non-zero exit code
 */
export const runToEnd = async (program: Program): Promise<void> => {
  const child = await launch(program);
  const { code } = await child.exited;
  if (code !== 0) throw startFault(program.name, child.tail(), program.logFile);
};

const isReady = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
};

/**
 * Waits until one of `urls` answers 2xx.
 * @throws StartFault when the process exits first, or is not ready within `timeoutMs`
 */
export const untilReady = async (
  child: Child,
  name: string,
  urls: readonly string[],
  timeoutMs = 60_000,
): Promise<void> => {
  for (const started = Date.now(); !(await Promise.all(urls.map(isReady))).includes(true); await delay(100)) {
    if (child.exit || Date.now() - started > timeoutMs) throw startFault(name, child.tail(), child.logFile);
  }
};
