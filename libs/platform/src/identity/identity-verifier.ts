import { verify, type KeyObject } from 'node:crypto';
import { keyIdOf, publicKeyIn } from './identity-key.js';
import {
  ALGORITHM,
  CLOCK_SKEW_SECONDS,
  ISSUER,
  LIFETIME_SECONDS,
  type IdentityClaims,
} from './identity-token.js';
import { KINDS_OF_USER, ROLES, type User } from './user.js';

const TOKEN = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;

/** Verifies the tokens of the gateway for one service, with any of several keys, so that keys can be changed without a gap. */
export class IdentityVerifier {
  private readonly keys: ReadonlyMap<string, KeyObject>;

  /** @param service its name; tokens for another service are refused */
  constructor(
    publicKeys: readonly string[],
    private readonly service: string,
  ) {
    this.keys = new Map(
      publicKeys.flatMap((setting) => {
        const key = publicKeyIn(setting);
        return key ? [[keyIdOf(key), key] as const] : [];
      }),
    );
  }

  /**
   * The user in a token of `IdentitySigner`; null when it is forged, expired, for another service, of another issuer or of a role
   * that does not exist.
   *
   * @param now ms
   */
  userIn(token: string, now = Date.now()): User | null {
    const [, header = '', payload = '', signature = ''] = TOKEN.exec(token) ?? [];
    const { alg, kid } = decoded<{ alg: string; kid: string }>(header);
    // The key alone decides how a signature is verified; the header only has to agree.
    const key = alg === ALGORITHM && typeof kid === 'string' ? this.keys.get(kid) : undefined;
    if (!key || !verify(null, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url')))
      return null;
    const claims = decoded<IdentityClaims>(payload);
    return this.accepts(claims, now / 1_000) ? userOf(claims) : null;
  }

  private accepts({ iss, aud, iat, exp }: Partial<IdentityClaims>, now: number): boolean {
    if (iss !== ISSUER || aud !== this.service) return false;
    if (typeof iat !== 'number' || typeof exp !== 'number' || exp - iat > LIFETIME_SECONDS) return false;
    return iat - CLOCK_SKEW_SECONDS <= now && now < exp + CLOCK_SKEW_SECONDS;
  }
}

const userOf = ({ sub, name, role, kind, leads }: Partial<IdentityClaims>): User | null => {
  const knownRole = ROLES.find((known) => known === role);
  const knownKind = KINDS_OF_USER.find((known) => known === kind);
  if (typeof sub !== 'string' || !sub || typeof name !== 'string' || !knownRole || !knownKind) return null;
  const led = leads === 'all' || isTexts(leads) ? { leads } : {};
  return { id: sub, name, role: knownRole, kind: knownKind, ...led };
};

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

/** Empty for text that is no object in JSON. */
const decoded = <Part extends object>(text: string): Partial<Part> => {
  try {
    const part: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return typeof part === 'object' && part !== null ? part : {};
  } catch {
    return {};
  }
};
