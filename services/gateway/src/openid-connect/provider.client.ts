import { readFile } from 'node:fs/promises';
import { Clock } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import * as client from 'openid-client';
import { GatewayConfig } from '../gateway.config.js';
import type { Claims } from './claimed-person.js';
import { LoginRefused } from './login-refusal.js';
import type { LoginSecrets } from './login-secrets.js';

/** Max time of one request to the provider, s. */
const TIMEOUT_S = 5;
/** The discovery document is read anew after this time, ms. */
const DISCOVERY_MS = 60 * 60 * 1_000;

export interface ProviderResponse {
  readonly claims: Claims;
  /** For the logout at the provider. */
  readonly idToken: string;
}

/** The provider of OpenID Connect. It is looked up at the first login, so that the gateway starts without it. */
@Injectable()
export class ProviderClient {
  private discovered: { at: number; configuration: Promise<client.Configuration> } | undefined;

  constructor(
    private readonly config: GatewayConfig,
    private readonly clock: Clock,
  ) {}

  /** @throws LoginRefused `unavailable` */
  async loginUrl(secrets: LoginSecrets, redirectUri: string): Promise<URL> {
    return client.buildAuthorizationUrl(await this.configuration(), {
      redirect_uri: redirectUri,
      scope: this.config.oidcScopes,
      state: secrets.state,
      nonce: secrets.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(secrets.verifier),
      code_challenge_method: 'S256',
    });
  }

  /**
   * Exchanges the code of a response for the claims of its user. The library verifies state, issuer, audience, nonce, times and the
   * signature of the id token.
   *
   * @param response the redirect URI with the query that came
   * @throws LoginRefused
   */
  async claimsOf(response: URL, { state, nonce, verifier }: LoginSecrets): Promise<ProviderResponse> {
    const configuration = await this.configuration();
    try {
      const tokens = await client.authorizationCodeGrant(configuration, response, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims()!;
      const more = await this.userInfo(configuration, claims, tokens.access_token);
      // The id token is signed: its claims have precedence.
      return { claims: { ...more, ...claims }, idToken: tokens.id_token! };
    } catch (fault) {
      throw new LoginRefused(reasonOf(fault), { cause: fault });
    }
  }

  /** The address that ends the session at the provider; undefined when it has none or does not respond. */
  async logoutUrl(idToken: string, returnTo: string): Promise<string | undefined> {
    try {
      const configuration = await this.configuration();
      if (!configuration.serverMetadata().end_session_endpoint) return undefined;
      const parameters = { id_token_hint: idToken, post_logout_redirect_uri: returnTo };
      return client.buildEndSessionUrl(configuration, parameters).href;
    } catch (fault) {
      if (fault instanceof LoginRefused) return undefined;
      throw fault;
    }
  }

  /** Many providers put the address and the groups there only. */
  private async userInfo(
    configuration: client.Configuration,
    claims: client.IDToken,
    accessToken: string,
  ): Promise<Claims> {
    const isComplete = claims['email'] !== undefined && claims[this.config.oidcRoleClaim] !== undefined;
    if (isComplete || !configuration.serverMetadata().userinfo_endpoint) return {};
    return client.fetchUserInfo(configuration, accessToken, claims.sub);
  }

  /** Concurrent logins share one request; a failed one is tried again by the next login. */
  private async configuration(): Promise<client.Configuration> {
    const now = this.clock.now().getTime();
    if (!this.discovered || now - this.discovered.at > DISCOVERY_MS)
      this.discovered = { at: now, configuration: this.discover() };
    const { discovered } = this;
    try {
      return await discovered.configuration;
    } catch (fault) {
      if (this.discovered === discovered) this.discovered = undefined;
      throw new LoginRefused('unavailable', { cause: fault });
    }
  }

  private async discover(): Promise<client.Configuration> {
    const { oidcIssuer, oidcClientId, oidcClientSecret, oidcClientSecretFile } = this.config;
    const secret = oidcClientSecretFile
      ? (await readFile(oidcClientSecretFile, 'utf8')).trim()
      : oidcClientSecret;
    const issuer = new URL(oidcIssuer!);
    return client.discovery(issuer, oidcClientId!, secret, client.ClientSecretBasic(secret), {
      timeout: TIMEOUT_S,
      execute: [
        // The library checks the signature of an id token only when told to, since it comes over TLS.
        client.enableNonRepudiationChecks,
        ...(issuer.protocol === 'http:' ? [client.allowInsecureRequests] : []),
      ],
    });
  }
}

/** The provider's refusal, its absence, or a response that is not valid. */
const reasonOf = (fault: unknown): 'refused-by-provider' | 'unavailable' | 'invalid' => {
  if (fault instanceof client.AuthorizationResponseError) return 'refused-by-provider';
  if (fault instanceof client.ResponseBodyError) return fault.status >= 500 ? 'unavailable' : 'invalid';
  const isAway =
    fault instanceof TypeError ||
    (fault instanceof client.ClientError &&
      (fault.code === 'OAUTH_TIMEOUT' || fault.code === 'OAUTH_RESPONSE_IS_NOT_CONFORM'));
  return isAway ? 'unavailable' : 'invalid';
};
