import { changedFields, recordChanges } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { addressOf } from '../client/client-address.http.js';
import { rememberCaller } from '../caller/caller.http.js';
import { GatewayConfig } from '../gateway.config.js';
import { LoginLimits } from '../session/login-limits.store.js';
import { SessionStart } from '../session/session-start.js';
import { claimedPerson } from './claimed-person.js';
import { LinkedAccountStore } from './linked-account.store.js';
import { LoginRefused } from './login-refusal.js';
import { secretsOf } from './login-secrets.js';
import { rolesByValue } from './openid-connect.config.js';
import { ProviderClient } from './provider.client.js';
import { callbackOf } from './public-address.http.js';
import { UsedLoginsStore } from './used-logins.store.js';

/** Turns the response of the provider into a session. */
@Injectable()
export class LoginCompletion {
  constructor(
    private readonly config: GatewayConfig,
    private readonly limits: LoginLimits,
    private readonly used: UsedLoginsStore,
    private readonly provider: ProviderClient,
    private readonly accounts: LinkedAccountStore,
    private readonly session: SessionStart,
  ) {}

  /** @throws LoginRefused, DomainError `too-many` */
  async complete(token: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const response = new URL(callbackOf(this.config, request));
    response.search = new URL(request.url, response).search;
    const secrets = secretsOf(token);
    // A response to a login of another browser costs neither a row nor a request.
    if (response.searchParams.get('state') !== secrets.state) throw new LoginRefused('expired');
    const giveBack = await this.limits.beginFrom(addressOf(request));
    if (!(await this.used.use(token))) throw new LoginRefused('expired');
    const { claims, idToken } = await this.provider.claimsOf(response, secrets);
    const { oidcIssuer, oidcRoleClaim, oidcRoles, oidcEmailVerified } = this.config;
    const person = claimedPerson(claims, {
      roleClaim: oidcRoleClaim,
      roles: rolesByValue(oidcRoles),
      emailVerified: oidcEmailVerified,
    });
    if (typeof person === 'string') throw new LoginRefused(person);
    const account = await this.accounts.accountOf(oidcIssuer!, person);
    rememberCaller(request, { id: account.id, name: account.name });
    recordChanges(
      reply,
      changedFields<{ role: string | undefined }>({ role: account.formerRole }, account, ['role']),
    );
    await this.session.begin({ userId: account.id, idToken }, request, reply);
    await giveBack();
  }
}
