import { Logger, repeat, Shutdown } from '@baton/platform';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { TokenStore } from './token.store.js';

const WRITE_EVERY_MS = 10_000;

/** Last uses of tokens, written apart from the requests. */
@Injectable()
export class TokenUses implements OnApplicationShutdown {
  private uses = new Map<string, Date>();

  constructor(
    private readonly tokens: TokenStore,
    private readonly shutdown: Shutdown,
    private readonly logger: Logger,
  ) {}

  start(): void {
    repeat(this.shutdown.signal, {
      everyMs: WRITE_EVERY_MS,
      work: () => this.write(),
      onFault: this.onFault,
    });
  }

  add(tokenId: string, at: Date): void {
    this.uses.set(tokenId, at);
  }

  /** Called when the service stops, after its last response. */
  async onApplicationShutdown(): Promise<void> {
    await this.write().catch(this.onFault);
  }

  private async write(): Promise<void> {
    const { uses } = this;
    this.uses = new Map();
    if (uses.size > 0) await this.tokens.writeUses(uses);
  }

  /** A failed write is dropped: the next use of the token is written again. */
  private readonly onFault = (err: unknown): void =>
    this.logger.warn({ err }, 'last uses of API tokens could not be written');
}
