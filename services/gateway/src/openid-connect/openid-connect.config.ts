import { List, ROLES, ServiceConfig, type Role } from '@baton/platform';
import { IsIn, IsOptional, IsString, Matches, MaxLength, ValidateIf } from 'class-validator';
import { IsWebAddress } from '../web-address.config.js';

// Plain http is for a provider on this machine only: it would let the network choose who logs in.
const ISSUER = /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1)([:/]|$))\S*$/;
const ROLE_OF_VALUE = new RegExp(`^.+=(${ROLES.join('|')})$`);

const WithIssuer = (): PropertyDecorator =>
  ValidateIf(({ oidcIssuer }: OpenIdConnectConfig) => oidcIssuer !== undefined);

/** Login by OpenID Connect, beside passwords. It is on when `OIDC_ISSUER` is set. */
export class OpenIdConnectConfig extends ServiceConfig {
  /** Exactly as the provider writes it, whose discovery document is below it. */
  @IsOptional()
  @Matches(ISSUER, { message: 'must be an https URL, such as https://id.example/realms/baton' })
  oidcIssuer?: string;

  @WithIssuer()
  @Matches(/^[\x21-\x7e]{1,256}$/, { message: 'must be the client id that the provider gave' })
  oidcClientId?: string;

  @ValidateIf(
    ({ oidcIssuer, oidcClientSecretFile }: OpenIdConnectConfig) =>
      oidcIssuer !== undefined && oidcClientSecretFile === undefined,
  )
  @Matches(/^[\x21-\x7e]{8,1024}$/, {
    message:
      'must be the secret of the client, 8 characters or more, or be in the file OIDC_CLIENT_SECRET_FILE',
  })
  oidcClientSecret?: string;

  /** File with the secret, read at each discovery. */
  @IsOptional()
  @IsString()
  oidcClientSecretFile?: string;

  @Matches(/^openid( [\x21-\x7e]+)*$/, { message: 'must begin with openid, separated by spaces' })
  oidcScopes = 'openid profile email';

  /** Claim with the groups or roles of a user: a text or a list of texts. */
  @IsString()
  @MaxLength(256)
  oidcRoleClaim = 'groups';

  /** `value=role`, separated by commas; of several that a user has, the first counts. */
  @WithIssuer()
  @List()
  @Matches(ROLE_OF_VALUE, {
    each: true,
    message: `must be value=role, separated by commas, with the roles ${ROLES.join(', ')}`,
  })
  oidcRoles?: string[];

  /** What the button of the login page calls the provider. */
  @IsString()
  @MaxLength(60)
  oidcName = 'single sign-on';

  /** `assumed` for a provider that does not send `email_verified`. Such an address creates users and is never linked to one. */
  @IsIn(['required', 'assumed'])
  oidcEmailVerified: 'required' | 'assumed' = 'required';

  /** Address of the gateway as browsers see it, for the redirects of the provider. By default it is that of the request. */
  @IsOptional()
  @IsWebAddress('must be the URL of the gateway as browsers see it')
  publicUrl?: string;
}

/** Roles by value of the claim, in their order of precedence. */
export const rolesByValue = (entries: readonly string[] = []): readonly (readonly [string, Role])[] =>
  entries.map((entry) => {
    const end = entry.lastIndexOf('=');
    return [entry.slice(0, end), entry.slice(end + 1) as Role];
  });
