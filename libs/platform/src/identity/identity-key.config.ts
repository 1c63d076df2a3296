import { ValidateBy, type ValidationArguments } from 'class-validator';
import { keyIdOf, privateKeyIn, publicKeyIn } from './identity-key.js';

const PUBLIC_KEYS = 'must list one or more Ed25519 public keys (SPKI in base64, separated by commas)';
const PRIVATE_KEY = 'must be an Ed25519 private key (PKCS #8 in base64)';
const NOT_LISTED = 'must belong to one of IDENTITY_PUBLIC_KEYS: services accept those only';

/** A list of at least one public key of Ed25519. */
export const IsIdentityPublicKeys = (): PropertyDecorator =>
  ValidateBy({
    name: 'isIdentityPublicKeys',
    validator: {
      validate: (keys: unknown) => Array.isArray(keys) && keys.length > 0 && keys.every(publicKeyIn),
      defaultMessage: () => PUBLIC_KEYS,
    },
  });

/** A private key of Ed25519 whose public half is in `identityPublicKeys`, so that no key signs which the services do not know. */
export const IsIdentityPrivateKey = (): PropertyDecorator =>
  ValidateBy({
    name: 'isIdentityPrivateKey',
    validator: {
      validate: (setting: unknown, args) => {
        const key = privateKeyIn(setting);
        return key !== undefined && publicKeyIdsIn(args).includes(keyIdOf(key));
      },
      defaultMessage: (args) => (privateKeyIn(args?.value) ? NOT_LISTED : PRIVATE_KEY),
    },
  });

const publicKeyIdsIn = (args: ValidationArguments | undefined): string[] => {
  const { identityPublicKeys } = (args?.object ?? {}) as { identityPublicKeys?: unknown };
  if (!Array.isArray(identityPublicKeys)) return [];
  return identityPublicKeys.map(publicKeyIn).flatMap((key) => (key ? [keyIdOf(key)] : []));
};
