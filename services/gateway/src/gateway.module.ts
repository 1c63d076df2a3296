import { service } from '@baton/platform';
import { addClientAddress } from './client/client-address.http.js';
import { addAuthentication } from './access/authentication.http.js';
import { CallerIdentity } from './access/caller-identity.js';
import { AuditLog } from './audit/audit-log.cache.js';
import { AuditRetention } from './audit/audit-retention.job.js';
import { AuditHttp } from './audit/audit.http.js';
import { AuditStore } from './audit/audit.store.js';
import { recordRequests } from './audit/record-requests.http.js';
import { GatewayConfig } from './gateway.config.js';
import { AccessByToken1799800000000 } from './migrations/access-by-token.migration.js';
import { AuditChanges1798000000010 } from './migrations/audit-changes.migration.js';
import { AuditLog1767312000001 } from './migrations/audit-log.migration.js';
import { ApiTokens1767312000020 } from './migrations/api-tokens.migration.js';
import { GatewayTables1767312000000 } from './migrations/gateway-tables.migration.js';
import { Organisation1767312000040 } from './migrations/organisation.migration.js';
import { LoginLimits1767312000015 } from './migrations/login-limits.migration.js';
import { People1767312000010 } from './migrations/people.migration.js';
import { SecondFactor1767312000042 } from './migrations/second-factor.migration.js';
import { SessionAddress1767312000030 } from './migrations/session-address.migration.js';
import { OrganisationHttp } from './organisation/organisation.http.js';
import { OrganisationStore } from './organisation/organisation.store.js';
import { TokenChains1799600000000 } from './migrations/token-chains.migration.js';
import { TokenMakers1798000000000 } from './migrations/token-makers.migration.js';
import { SetupHttp } from './organisation/setup.http.js';
import { OpenIdConnect1767312000044 } from './migrations/openid-connect.migration.js';
import { IdentityHttp } from './openid-connect/identity.http.js';
import { LinkedAccountStore } from './openid-connect/linked-account.store.js';
import { LoginCompletion } from './openid-connect/login-completion.js';
import { OpenIdConnectHttp } from './openid-connect/openid-connect.http.js';
import { ProviderClient } from './openid-connect/provider.client.js';
import { UsedLoginsStore } from './openid-connect/used-logins.store.js';
import { servePages } from './pages/pages.http.js';
import { DefinitionOwners } from './proxy/definition-owners.cache.js';
import { LedSellersCache } from './proxy/led-sellers.cache.js';
import { LinkHolders } from './proxy/link-holders.http.js';
import { addProxy } from './proxy/proxy.http.js';
import { DefinitionsHttp } from './proxy/definitions.http.js';
import { OpenStreams } from './proxy/open-streams.job.js';
import { OpenApiHttp } from './proxy/openapi.http.js';
import { ServiceClient } from './proxy/service.client.js';
import { StreamCredentialsStore } from './proxy/stream-credentials.store.js';
import { DeadLettersHttp } from './readers/dead-letters.http.js';
import { ReadersHttp } from './readers/readers.http.js';
import { LoginChallengeStore } from './login/login-challenge.store.js';
import { LoginCodeHttp } from './login/login-code.http.js';
import { SealSecrets } from './second-factor/seal-secrets.job.js';
import { SecondFactorHttp } from './second-factor/second-factor.http.js';
import { SecondFactorResetHttp } from './second-factor/second-factor-reset.http.js';
import { SecretKeys } from './second-factor/secret-keys.js';
import { SecondFactorStore } from './second-factor/second-factor.store.js';
import { KnownDeviceStore } from './session/known-device.store.js';
import { LoginLimits } from './session/login-limits.store.js';
import { LoginHttp } from './login/login.http.js';
import { OwnAccountHttp } from './session/own-account.http.js';
import { PasswordCheck } from './session/password-check.js';
import { SessionStart } from './session/session-start.js';
import { SessionHttp } from './login/session.http.js';
import { SessionStore } from './session/session.store.js';
import { TokenAccess } from './token/token-access.http.js';
import { TokenUses } from './token/token-uses.job.js';
import { TokenStore } from './token/token.store.js';
import { TokensHttp } from './token/tokens.http.js';
import { NewPasswords } from './user/new-passwords.js';
import { PasswordQueue } from './user/password-queue.cache.js';
import { PasswordLinkHttp } from './people/password-link.http.js';
import { PasswordLinkStore } from './people/password-link.store.js';
import { UserAccount } from './user/user.entity.js';
import { UserStore } from './user/user.store.js';
import { UsersHttp } from './people/users.http.js';

export const gateway = service({
  name: 'gateway',
  config: GatewayConfig,
  migrations: [
    GatewayTables1767312000000,
    AuditLog1767312000001,
    People1767312000010,
    LoginLimits1767312000015,
    ApiTokens1767312000020,
    SessionAddress1767312000030,
    Organisation1767312000040,
    SecondFactor1767312000042,
    OpenIdConnect1767312000044,
    TokenMakers1798000000000,
    AuditChanges1798000000010,
    TokenChains1799600000000,
    AccessByToken1799800000000,
  ],
  entities: [UserAccount],
  http: [
    SetupHttp,
    OrganisationHttp,
    LoginHttp,
    LoginCodeHttp,
    SessionHttp,
    UsersHttp,
    PasswordLinkHttp,
    OwnAccountHttp,
    SecondFactorHttp,
    SecondFactorResetHttp,
    OpenIdConnectHttp,
    IdentityHttp,
    TokensHttp,
    DefinitionsHttp,
    ReadersHttp,
    DeadLettersHttp,
    AuditHttp,
    OpenApiHttp,
  ],
  stores: [
    UserStore,
    OrganisationStore,
    PasswordLinkStore,
    SessionStore,
    SessionStart,
    PasswordCheck,
    LoginChallengeStore,
    SecretKeys,
    SecondFactorStore,
    SealSecrets,
    ProviderClient,
    UsedLoginsStore,
    LinkedAccountStore,
    LoginCompletion,
    TokenStore,
    TokenAccess,
    TokenUses,
    KnownDeviceStore,
    LoginLimits,
    PasswordQueue,
    NewPasswords,
    CallerIdentity,
    ServiceClient,
    DefinitionOwners,
    LedSellersCache,
    LinkHolders,
    StreamCredentialsStore,
    OpenStreams,
    AuditStore,
    AuditLog,
    AuditRetention,
  ],
  fastify: async (instance, app) => {
    // Hooks apply to routes that are added later.
    addClientAddress(instance);
    addAuthentication(instance, app);
    recordRequests(instance, app);
    await addProxy(instance, app);
    await servePages(instance, app.get(GatewayConfig));
  },
  onReady: async (app) => {
    app.get(OpenStreams).start();
    app.get(TokenUses).start();
    await app.get(SealSecrets).start();
    await app.get(AuditRetention).start();
  },
});
