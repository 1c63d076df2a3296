import { Logger, repeat, Shutdown } from '@baton/platform';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { WriteKeyStore } from './write-key.store.js';

const WRITE_EVERY_MS = 5_000;

/** Keeps in memory when write keys were last used, and writes it every few seconds: a request costs no query. */
@Injectable()
export class KeyUses implements OnApplicationShutdown {
  /** Last use since the last write, by id of the key: bounded by the number of keys. */
  private uses = new Map<string, Date>();
  private idle: () => Promise<void> = () => Promise.resolve();

  constructor(
    private readonly keys: WriteKeyStore,
    private readonly shutdown: Shutdown,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.idle = repeat(this.shutdown.signal, {
      everyMs: WRITE_EVERY_MS,
      work: () => this.write(),
      onFault: (err) =>
        this.logger.warn({ err }, 'the last uses of write keys could not be written; retrying'),
    });
  }

  note(id: string, at: Date): void {
    this.uses.set(id, at);
  }

  /** Called when the service stops, after its last response. */
  async onApplicationShutdown(): Promise<void> {
    await this.idle();
    await this.write();
  }

  private async write(): Promise<void> {
    const uses = this.uses;
    if (uses.size === 0) return;
    this.uses = new Map();
    try {
      await this.keys.used([...uses].map(([id, at]) => ({ id, at })));
    } catch (fault) {
      this.uses = new Map([...uses, ...this.uses]);
      throw fault;
    }
  }
}
