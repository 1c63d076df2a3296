import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { eventually } from '@baton/testing';

export interface StartedProcess {
  /** What it has logged until now. */
  readonly lines: readonly Record<string, any>[];
  /** What it wrote that is no log line. */
  readonly text: () => string;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  kill(signal: NodeJS.Signals): void;
  /** The first line with this message, as soon as it is there; a busy machine may take long to compile and start. */
  logged(msg: string): Promise<Record<string, any>>;
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Runs a TypeScript file of this folder as a process of its own, with telemetry, as a service's `npm start` does. */
export const startProcess = (
  file: string,
  environment: Record<string, string>,
  args: readonly string[] = [],
): StartedProcess => {
  const preload = ['--conditions=@baton/source', '--import=./libs/testing/typescript.mjs'];
  const child = spawn(
    process.execPath,
    [...preload, '--import=@baton/platform/telemetry', `./libs/platform/spec/${file}`, ...args],
    { cwd: ROOT, env: environment, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const lines: Record<string, any>[] = [];
  let text = '';
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      if (part.startsWith('{')) lines.push(JSON.parse(part) as Record<string, any>);
      else text += `${part}\n`;
    }
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  return {
    ...{ lines, ended, text: () => text },
    kill: (signal) => void child.kill(signal),
    logged: (msg) =>
      eventually(
        () => {
          const line = lines.find((one) => one['msg'] === msg);
          if (!line) throw new Error(`it has not logged "${msg}": ${JSON.stringify(lines)} ${text}`);
          return line;
        },
        { within: 60_000 },
      ),
  };
};
