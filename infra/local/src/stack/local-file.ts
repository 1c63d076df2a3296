import { rmSync } from 'node:fs';
import { writePrivate } from '../secrets/secrets.js';

export interface Login {
  readonly email: string;
  readonly password: string;
}

/** Content of `local.json`: addresses and credentials of a running stack. */
export interface LocalJson {
  readonly gateway: string;
  readonly ingestion: string;
  readonly scoring: string;
  readonly routing: string;
  readonly reporting: string;
  /** host:port */
  readonly kafka: string;
  readonly database: string;
  readonly writeKey: string;
  readonly formId: string;
  readonly users: Readonly<Record<string, Login>>;
  /** API token with the role admin. */
  readonly apiToken: string;
  /** Pids of all processes started by this stack, by name. */
  readonly pids: Readonly<Record<string, number>>;
}

/** Writes `local.json` once the stack is ready and removes it on shutdown; pids follow restarts. */
export class LocalFile {
  private content: Omit<LocalJson, 'pids'> | undefined;
  private readonly pids: Record<string, number> = {};

  /**
   * @param path of `local.json`
   * @param pidsPath pids from the first process on, for a later start that stops orphans of this one
   */
  constructor(
    readonly path: string,
    private readonly pidsPath: string,
  ) {
    this.remove();
  }

  /** Records a pid and writes the file. */
  readonly keepPid = (name: string, pid: number): void => {
    this.pids[name] = pid;
    writePrivate(this.pidsPath, this.pids);
    this.write();
  };

  publish(content: Omit<LocalJson, 'pids'>): void {
    this.content = content;
    this.write();
  }

  remove(): void {
    this.content = undefined;
    rmSync(this.path, { force: true });
  }

  private write(): void {
    if (this.content) writePrivate(this.path, { ...this.content, pids: this.pids });
  }
}
