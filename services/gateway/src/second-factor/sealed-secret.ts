import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
/** Random per encryption, of the length that the mode is defined for (NIST SP 800-38D, section 5.2.1.1). */
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Characters of a key's id: 48 bits tell the few keys of an installation apart. */
const KEY_ID_LENGTH = 8;

/** The key in a setting; undefined unless it is 32 bytes in base64. */
export const sealingKeyIn = (setting: unknown): Buffer | undefined => {
  const key = typeof setting === 'string' ? Buffer.from(setting, 'base64') : undefined;
  return key?.length === KEY_BYTES ? key : undefined;
};

/** Id of a key, derived from it, so nobody has to assign one. */
export const sealingKeyIdOf = (key: Buffer): string =>
  createHash('sha256').update(key).digest('base64url').slice(0, KEY_ID_LENGTH);

/** Id of the key that encrypted a column's value; undefined for a value that is not encrypted. */
export const keyIdIn = (stored: string): string | undefined =>
  stored.includes('.') ? stored.slice(0, stored.indexOf('.')) : undefined;

/**
 * A secret as it is stored: `<key id>.<iv, ciphertext and tag in base64url>`.
 * @param owner authenticated with it, so that the value is of no use in the row of another user
 */
export const sealed = (secret: string, owner: string, key: Buffer): string => {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(owner));
  const parts = [iv, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()];
  return `${sealingKeyIdOf(key)}.${Buffer.concat(parts).toString('base64url')}`;
};

/** @throws when the value was changed, or encrypted for another owner or with another key */
export const opened = (stored: string, owner: string, key: Buffer): string => {
  const bytes = Buffer.from(stored.slice(stored.indexOf('.') + 1), 'base64url');
  const [iv, tag] = [bytes.subarray(0, IV_BYTES), bytes.subarray(-TAG_BYTES)];
  const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(owner))
    .setAuthTag(tag);
  const plain = [decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()];
  return Buffer.concat(plain).toString('utf8');
};
