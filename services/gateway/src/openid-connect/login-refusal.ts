/** Why a login by OpenID Connect was refused. The dashboard has a text for each. */
export const LOGIN_REFUSALS = [
  /** The provider could not be reached, or is misconfigured. */
  'unavailable',
  /** The login was cancelled at the provider, or the provider refused it. */
  'refused-by-provider',
  /** The login began in another browser, took more than ten minutes, or was completed already. */
  'expired',
  /** The provider's response is not valid: signature, issuer, audience, nonce, times. */
  'invalid',
  'too-many',
  /** No e-mail address, or one that the provider has not verified. */
  'email',
  /** None of the user's groups has a role. */
  'no-role',
  'disabled',
  /** The address belongs to an account that may not be linked. */
  'taken',
  /** The provider's role would take away the last administrator. */
  'last-administrator',
] as const;

export type LoginRefusal = (typeof LOGIN_REFUSALS)[number];

export class LoginRefused extends Error {
  override readonly name = 'LoginRefused';

  constructor(
    readonly reason: LoginRefusal,
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}
