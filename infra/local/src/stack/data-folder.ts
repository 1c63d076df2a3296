import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine, endLeftover, leftover } from '../process/orphan-process.js';
import { StartFault } from '../process/start-fault.js';
import { serviceNames } from '../services.js';
import { scriptOf } from './service-process.js';

/** The folder of one Baton: data, logs, secrets. One start at a time may use it. */
export class Home {
  constructor(readonly dir: string) {}

  readonly path = (...parts: string[]): string => join(this.dir, ...parts);
  get localFile(): string {
    return this.path('local.json');
  }
  get pidsFile(): string {
    return this.path('pids.json');
  }
  get secretsFile(): string {
    return this.path('secrets.json');
  }
  logFile(name: string): string {
    return this.path('logs', `${name}.log`);
  }

  /** The pid of the start that uses this folder now, if any. */
  owner(): number | undefined {
    return leftover(this.path('start.pid'), 'local/dist/main.js');
  }

  /**
   * Takes the folder, and ends the services that a killed start left behind (its servers are ended when they are started).
   * @throws StartFault when another start uses it
   */
  async claim(say: (line: string) => void): Promise<void> {
    const owner = this.owner();
    if (owner) {
      throw new StartFault(
        `A Baton runs in ${this.dir} already (pid ${owner}).`,
        `Its addresses are in ${this.localFile}. Stop it with Ctrl-C, or start another one with --home DIR.`,
      );
    }
    mkdirSync(this.path('logs'), { recursive: true });
    // Started by root, PostgreSQL runs under another account that must be able to pass through. Files stay private.
    if (process.getuid?.() === 0) chmodSync(this.dir, statSync(this.dir).mode | 0o111);
    writeFileSync(this.path('start.pid'), String(process.pid));
    for (const [name, pid] of this.orphans()) {
      say(`stopping ${name}, which an earlier start left behind (pid ${pid})`);
      await endLeftover(pid, 'SIGTERM');
    }
  }

  /** Gives the folder back when everything is stopped. */
  release(): void {
    rmSync(this.pidsFile, { force: true });
    rmSync(this.path('start.pid'), { force: true });
  }

  private orphans(): [string, number][] {
    if (!existsSync(this.pidsFile)) return [];
    const pids = JSON.parse(readFileSync(this.pidsFile, 'utf8')) as Record<string, number>;
    const scripts: Record<string, string> = {
      simulator: 'simulator',
      ...Object.fromEntries(serviceNames.map((name) => [name, scriptOf(name)])),
    };
    return Object.entries(pids).filter(([name, pid]) => {
      const script = scripts[name];
      return script !== undefined && commandLine(pid).includes(script);
    });
  }
}
