import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
// @ts-expect-error the package has no types
import Untyped from 'oidc-provider';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;
interface Grant {
  addOIDCScope(scope: string): void;
  save(): Promise<string>;
}
interface Context {
  readonly oidc: {
    readonly client: { readonly clientId: string };
    readonly session: { readonly accountId: string };
  };
}
interface Provider {
  callback(): Handler;
  interactionFinished(request: IncomingMessage, response: ServerResponse, result: object): Promise<void>;
  readonly Grant: new (grant: { clientId: string; accountId: string }) => Grant;
}
const OidcProvider = Untyped as new (issuer: string, configuration: object) => Provider;

export const CLIENT_ID = 'baton';
export const CLIENT_SECRET = 'the-secret-of-the-client-for-specs';
const SCOPES = 'openid profile email groups';

/** Claims of the user that logs in next, `sub` among them. */
export type UserClaims = Readonly<Record<string, unknown>> & { readonly sub: string };

/** A real provider of OpenID Connect on the loopback. Its login needs no input: the user is the one that the spec sets. */
export class IdentityProvider {
  user: UserClaims = { sub: 'nobody' };
  /** Whether the user cancels the login. */
  cancels = false;
  /** Whether the id token has all claims; otherwise most are in the user info only. */
  claimsInToken = false;
  /** Replaces the body of responses of the token endpoint. */
  tamper: ((body: Record<string, unknown>) => Record<string, unknown>) | undefined;
  /** Replaces the whole response to a request. */
  intercept: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
  readonly requests: string[] = [];
  private provider: Provider | undefined;

  private constructor(
    private readonly server: Server,
    readonly issuer: string,
  ) {}

  static async start(): Promise<IdentityProvider> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const provider = new IdentityProvider(server, `http://127.0.0.1:${port}`);
    server.on('request', (request, response) => void provider.handle(request, response));
    return provider;
  }

  /** Settings of a gateway that uses it. */
  get settings(): Record<string, string> {
    return {
      OIDC_ISSUER: this.issuer,
      OIDC_CLIENT_ID: CLIENT_ID,
      OIDC_CLIENT_SECRET: CLIENT_SECRET,
      OIDC_SCOPES: SCOPES,
      OIDC_ROLES: 'baton-admins=admin,sales=seller,everybody=viewer',
    };
  }

  /** Registers a gateway. The provider is a new one: it has forgotten sessions and codes. */
  register(gateway: string): void {
    this.provider = new OidcProvider(this.issuer, {
      clients: [
        {
          client_id: CLIENT_ID,
          client_secret: CLIENT_SECRET,
          redirect_uris: [`${gateway}/api/oidc/callback`],
          post_logout_redirect_uris: [`${gateway}/`],
        },
      ],
      scopes: SCOPES.split(' '),
      claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'], groups: ['groups'] },
      conformIdTokenClaims: !this.claimsInToken,
      features: { devInteractions: { enabled: false } },
      cookies: { keys: ['a key for the cookies of specs'] },
      interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
      findAccount: (_: unknown, id: string) => ({
        accountId: id,
        claims: () => ({ ...this.user, sub: id }),
      }),
      loadExistingGrant: (context: Context) => this.grantAll(context),
    });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async grantAll({ oidc: { client, session } }: Context): Promise<Grant> {
    const grant = new this.provider!.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope(SCOPES);
    await grant.save();
    return grant;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    this.requests.push(path.split('?', 1)[0]!);
    if (this.intercept?.(request, response)) return;
    if (path.startsWith('/interaction/')) {
      const result = this.cancels
        ? { error: 'access_denied', error_description: '<script>alert(1)</script>' }
        : { login: { accountId: this.user.sub } };
      await this.provider!.interactionFinished(request, response, result);
      return;
    }
    if (path === '/token' && this.tamper) replaceBody(response, this.tamper);
    this.provider!.callback()(request, response);
  }
}

const replaceBody = (
  response: ServerResponse,
  tamper: (body: Record<string, unknown>) => Record<string, unknown>,
): void => {
  const end = response.end.bind(response) as (body: string) => ServerResponse;
  response.end = ((body: string | Buffer) => {
    const changed = JSON.stringify(tamper(JSON.parse(body.toString()) as Record<string, unknown>));
    response.setHeader('content-length', Buffer.byteLength(changed));
    return end(changed);
  }) as typeof response.end;
};
