import { service } from '@baton/platform';
import { gatewayDoor } from './door/gateway-door.js';
import { PagesHttp } from './door/pages.http.js';
import { GatewayConfig } from './gateway.config.js';
import { GatewayTables1767312000000 } from './migrations/gateway-tables.migration.js';
import { DefinitionsHttp } from './proxy/definitions.http.js';
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
  http: [SessionHttp, UsersHttp, TokensHttp, DefinitionsHttp, PagesHttp],
  stores: [UserStore, SessionStore, TokenStore],
  headers: {
    // Our own files only; the component library writes styles into the page.
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
      "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  },
  fastify: gatewayDoor,
});
