import { sign, type KeyObject } from 'node:crypto';
import { keyIdOf, privateKeyIn } from './identity-key.js';
import { ALGORITHM, ISSUER, LIFETIME_SECONDS, type IdentityClaims } from './identity-token.js';
import type { User } from './user.js';

/**
 * Signs the tokens by which the gateway tells a service who its caller is. Signs on this thread: WebCrypto
 * would queue it in libuv's pool, behind password hashes and file reads.
 */
export class IdentitySigner {
  private readonly key: KeyObject;
  private readonly header: string;

  /** @throws when the setting is no private key of Ed25519 */
  constructor(privateKey: string) {
    const key = privateKeyIn(privateKey);
    if (!key) throw new Error('the identity needs a private key of Ed25519');
    this.key = key;
    this.header = encoded({ alg: ALGORITHM, kid: keyIdOf(key), typ: 'JWT' });
  }

  /**
   * A token for one service, valid for 60 s.
   *
   * @param service the only service that accepts it
   * @param now ms
   */
  sign({ id, name, role, kind, leads }: User, service: string, now = Date.now()): string {
    const iat = Math.floor(now / 1_000);
    const claims: IdentityClaims = {
      iss: ISSUER,
      aud: service,
      sub: id,
      name,
      role,
      kind,
      ...(leads !== undefined && { leads }),
      iat,
      exp: iat + LIFETIME_SECONDS,
    };
    const signed = `${this.header}.${encoded(claims)}`;
    return `${signed}.${sign(null, Buffer.from(signed), this.key).toString('base64url')}`;
  }
}

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
