import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';

/** Ed25519 keys as settings: DER in base64, which is the middle line of a PEM file of openssl. */
export interface IdentityKeyPair {
  /** PKCS #8; IDENTITY_PRIVATE_KEY of the gateway. */
  readonly privateKey: string;
  /** SPKI; one of IDENTITY_PUBLIC_KEYS of every service. */
  readonly publicKey: string;
}

/** A new pair of keys. */
export const generateIdentityKeys = (): IdentityKeyPair => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
    publicKeyEncoding: { type: 'spki', format: 'der' },
  });
  return { privateKey: privateKey.toString('base64'), publicKey: publicKey.toString('base64') };
};

/** The private key in a setting; undefined unless it is one of Ed25519. */
export const privateKeyIn = (setting: unknown): KeyObject | undefined =>
  keyIn(setting, (key) => createPrivateKey({ key, format: 'der', type: 'pkcs8' }));

/** The public key in a setting; undefined unless it is one of Ed25519. */
export const publicKeyIn = (setting: unknown): KeyObject | undefined =>
  keyIn(setting, (key) => createPublicKey({ key, format: 'der', type: 'spki' }));

const keyIn = (setting: unknown, parse: (der: Buffer) => KeyObject): KeyObject | undefined => {
  if (typeof setting !== 'string') return undefined;
  try {
    const key = parse(Buffer.from(setting, 'base64'));
    return key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
};

/** Id of a key, private or public: the thumbprint of its public half (RFC 7638, RFC 8037 appendix A.3), so nobody has to assign one. */
export const keyIdOf = (key: KeyObject): string => {
  const { crv, kty, x } = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' });
  return createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
};
