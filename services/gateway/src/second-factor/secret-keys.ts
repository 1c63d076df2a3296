import { DomainError } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { GatewayConfig } from '../gateway.config.js';
import { keyIdIn, opened, sealed, sealingKeyIdOf, sealingKeyIn } from './sealed-secret.js';

/** Encrypts and decrypts the secrets of second factors. */
@Injectable()
export class SecretKeys {
  private readonly keys: ReadonlyMap<string, Buffer>;
  private readonly present: Buffer;

  constructor({ secondFactorKeys }: GatewayConfig) {
    const keys = secondFactorKeys.map((setting) => sealingKeyIn(setting)!);
    this.keys = new Map(keys.map((key) => [sealingKeyIdOf(key), key]));
    this.present = keys[0]!;
  }

  /** Id of the key that encrypts from now on. */
  get presentId(): string {
    return sealingKeyIdOf(this.present);
  }

  seal(secret: string, userId: string): string {
    return sealed(secret, userId, this.present);
  }

  /**
   * The secret in a column, also one that was stored before secrets were encrypted.
   * @throws DomainError `unavailable` when its key is not in the settings
   */
  open(stored: string, userId: string): string {
    const keyId = keyIdIn(stored);
    if (keyId === undefined) return stored;
    const key = this.keys.get(keyId);
    if (!key) throw keyMissing();
    return opened(stored, userId, key);
  }

  has(keyId: string): boolean {
    return this.keys.has(keyId);
  }
}

const keyMissing = (): DomainError =>
  new DomainError(
    'unavailable',
    'Codes of your app cannot be checked at the moment. Use a recovery code, or ask an administrator to remove the second factor.',
  );
