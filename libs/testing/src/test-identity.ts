import { IdentitySigner, type User } from '@baton/platform';
import { generateIdentityKeys } from '@baton/platform/identity';

const keys = generateIdentityKeys();
const signer = new IdentitySigner(keys.privateKey);

/** Setting of a service under test that accepts the identities of `bearerOf`. */
export const identityEnvironment = { IDENTITY_PUBLIC_KEYS: keys.publicKey };

/** The headers with which the gateway forwards a request of the user to a service. */
export const bearerOf = (user: User, service: string): { authorization: string } => ({
  authorization: `Bearer ${signer.sign(user, service)}`,
});
