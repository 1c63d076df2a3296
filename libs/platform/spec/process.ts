import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { eventually } from '@baton/testing';

export interface StartedProcess {
  /** Log lines until now. */
  readonly lines: readonly Record<string, any>[];
  /** Output that is not a log line. */
  readonly text: () => string;
  /** Exit code, or the signal that ended the process. */
  readonly ended: Promise<number | string>;
  kill(signal: NodeJS.Signals): void;
  /** Waits for the first line with this message. */
  logged(msg: string): Promise<Record<string, any>>;
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Runs a TypeScript file of this folder as a process with telemetry, like a service under `npm start`. */
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
    lines,
    ended,
    text: () => text,
    kill: (signal) => void child.kill(signal),
    logged: (msg) =>
      eventually(
        () => {
          const line = lines.find((entry) => entry['msg'] === msg);
          if (!line) throw new Error(`not logged: "${msg}": ${JSON.stringify(lines)} ${text}`);
          return line;
        },
        { within: 60_000 },
      ),
  };
};
