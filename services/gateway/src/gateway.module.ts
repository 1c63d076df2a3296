import { service } from '@baton/platform';
import { gatewayDoor } from './door/gateway-door.js';
import { GatewayConfig } from './gateway.config.js';
import { GatewayTables1767312000000 } from './migrations/gateway-tables.migration.js';
import { DefinitionsHttp } from './proxy/definitions.http.js';
import { OpenApiHttp } from './proxy/openapi.http.js';
import { Services } from './proxy/services.http.js';
import { DeadLettersHttp } from './readers/dead-letters.http.js';
import { ReadersHttp } from './readers/readers.http.js';
import { LoginAttempts } from './session/login-attempts.store.js';
import { SessionHttp } from './session/session.http.js';
import { SessionStore } from './session/session.store.js';
import { TokenStore } from './token/token.store.js';
import { TokensHttp } from './token/tokens.http.js';
import { UserAccount } from './user/user.entity.js';
import { UserStore } from './user/user.store.js';
import { UsersHttp } from './user/users.http.js';

export const gateway = service({
  name: 'gateway',
  config: GatewayConfig,
  migrations: [GatewayTables1767312000000],
  entities: [UserAccount],
  http: [SessionHttp, UsersHttp, TokensHttp, DefinitionsHttp, ReadersHttp, DeadLettersHttp, OpenApiHttp],
  stores: [UserStore, SessionStore, TokenStore, LoginAttempts, Services],
  fastify: gatewayDoor,
});
