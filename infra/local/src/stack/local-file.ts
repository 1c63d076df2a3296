import { rmSync } from 'node:fs';
import { writePrivate } from '../secrets/secrets.js';

export interface Login {
  readonly email: string;
  readonly password: string;
}

/** What programs (and curious people) need to use a running Baton; the content of `local.json`. */
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
  readonly adminToken: string;
  /** Of every process that was started here. */
  readonly pids: Readonly<Record<string, number>>;
}

/** `local.json`: there from the moment everything answers until the stop, with true process ids. */
export class LocalFile {
  private content: Omit<LocalJson, 'pids'> | undefined;
  private readonly pids: Record<string, number> = {};

  /**
   * @param path of `local.json`
   * @param pidsPath where process ids stand from the first one on, for a start that has to clean up after a killed one
   */
  constructor(
    readonly path: string,
    private readonly pidsPath: string,
  ) {
    this.remove();
  }

  /** Keeps a process id; written at once. */
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
