import { Database } from '@baton/bus';
import { Logger, repeat, Shutdown } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { keyIdIn } from './sealed-secret.js';
import { SecretKeys } from './secret-keys.js';

/** A process of the version before may write a secret in plain text while versions are replaced. */
const EVERY_MS = 60 * 60 * 1_000;

interface StoredSecret {
  readonly userId: string;
  readonly secret: string;
}

/** Encrypts secrets of second factors with the first key: those in plain text and those of a key that is being replaced. */
@Injectable()
export class SealSecrets {
  constructor(
    private readonly database: Database,
    private readonly keys: SecretKeys,
    private readonly shutdown: Shutdown,
    private readonly logger: Logger,
  ) {}

  async start(): Promise<void> {
    await this.run();
    repeat(this.shutdown.signal, {
      everyMs: EVERY_MS,
      work: () => this.run(),
      onFault: (err) => this.logger.error({ err }, 'secrets of second factors could not be encrypted'),
    });
  }

  private async run(): Promise<void> {
    const others = await this.database.rows<StoredSecret>(
      `select user_id as "userId", secret from second_factors where split_part(secret, '.', 1) <> $1`,
      [this.keys.presentId],
    );
    const missing = new Set(
      others.flatMap(({ secret }) => keyIdIn(secret) ?? []).filter((id) => !this.keys.has(id)),
    );
    if (missing.size > 0)
      this.logger.error(
        { keyIds: [...missing] },
        'SECOND_FACTOR_KEYS lacks keys with which secrets of second factors are encrypted; their users need recovery codes',
      );
    for (const { userId, secret } of others)
      if (!missing.has(keyIdIn(secret) ?? '')) await this.seal(userId, secret);
  }

  private async seal(userId: string, secret: string): Promise<void> {
    await this.database.rows('update second_factors set secret = $3 where user_id = $1 and secret = $2', [
      userId,
      secret,
      this.keys.seal(this.keys.open(secret, userId), userId),
    ]);
  }
}
