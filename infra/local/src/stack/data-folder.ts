import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine, endOrphan, orphanIn } from '../process/orphan-process.js';
import { StartFault } from '../process/start-fault.js';
import { serviceNames } from '../services.js';
import { scriptOf } from './service-process.js';

/** Folder of one local stack: data, logs, secrets. Used by one start at a time. */
export class DataFolder {
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

  /** Pid of the start that uses this folder, if any. */
  owner(): number | undefined {
    return orphanIn(this.path('start.pid'), 'local/dist/main.js');
  }

  /**
   * Reserves the folder and stops services orphaned by a killed start. Orphaned servers are stopped by `startPostgres`
   * and `startKafka`.
   * @throws StartFault when another start uses it
   */
  async claim(log: (line: string) => void): Promise<void> {
    const owner = this.owner();
    if (owner) {
      throw new StartFault(
        `A Baton runs in ${this.dir} already (pid ${owner}).`,
        `Its addresses are in ${this.localFile}. Stop it with Ctrl-C, or start another one with --home DIR.`,
      );
    }
    mkdirSync(this.path('logs'), { recursive: true });
    // Under root, PostgreSQL runs as another account and needs search permission here. Files stay private.
    if (process.getuid?.() === 0) chmodSync(this.dir, statSync(this.dir).mode | 0o111);
    writeFileSync(this.path('start.pid'), String(process.pid));
    for (const [name, pid] of this.orphans()) {
      log(`stopping ${name}, orphaned by an earlier start (pid ${pid})`);
      await endOrphan(pid, 'SIGTERM');
    }
  }

  /** Removes the pid files; call after every process has stopped. */
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
