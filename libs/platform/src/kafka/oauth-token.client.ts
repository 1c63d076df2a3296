export interface OauthTokenOptions {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope?: string | undefined;
  /** Milliseconds since 1970; specs pass their own. */
  readonly now?: () => number;
}

const REQUEST_TIMEOUT_MS = 5_000;
const DEFAULT_LIFETIME_S = 300;
/** A token is replaced this long before it expires, but not before 80 % of its lifetime. */
const MAX_RENEWAL_MARGIN_S = 60;
const RENEWAL_MARGIN_SHARE = 0.2;
const MS_PER_SECOND = 1_000;

interface TokenResponse {
  readonly access_token?: unknown;
  readonly expires_in?: unknown;
  readonly error?: unknown;
}

/** Access tokens by the OAuth 2.0 client credentials grant (RFC 6749 section 4.4), cached until shortly before they expire. */
export class OauthTokenClient {
  private cached: { readonly value: string; readonly renewAt: number } | undefined;
  private fetching: Promise<string> | undefined;
  private readonly now: () => number;

  constructor(private readonly options: OauthTokenOptions) {
    this.now = options.now ?? Date.now;
  }

  /**
   * A token that is valid for some time; concurrent calls share one request.
   *
   * @throws Error when the endpoint refuses or cannot be reached; the message contains no secret
   */
  async token(): Promise<string> {
    if (this.cached && this.now() < this.cached.renewAt) return this.cached.value;
    this.fetching ??= this.fetch().finally(() => (this.fetching = undefined));
    return this.fetching;
  }

  private async fetch(): Promise<string> {
    const requestedAt = this.now();
    const response = await this.request();
    const body = (await response.json().catch(() => ({}))) as TokenResponse;
    const { access_token: value, expires_in: lifetime, error } = body;
    if (!response.ok || typeof value !== 'string')
      throw new Error(
        `the token endpoint answered ${response.status}${typeof error === 'string' ? ` (${error})` : ''}`,
      );
    const seconds = Number(lifetime) > 0 ? Number(lifetime) : DEFAULT_LIFETIME_S;
    const margin = Math.min(MAX_RENEWAL_MARGIN_S, seconds * RENEWAL_MARGIN_SHARE);
    this.cached = { value, renewAt: requestedAt + (seconds - margin) * MS_PER_SECOND };
    return value;
  }

  private async request(): Promise<Response> {
    const { tokenUrl, clientId, clientSecret, scope } = this.options;
    // RFC 6749 section 2.3.1: both parts are form-encoded before Base64.
    const credentials = [clientId, clientSecret].map(encodeURIComponent).join(':');
    const body = new URLSearchParams({ grant_type: 'client_credentials' });
    if (scope) body.set('scope', scope);
    try {
      return await fetch(tokenUrl, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
        body,
        // A redirect would send the credentials to another host.
        redirect: 'error',
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      });
    } catch (cause) {
      throw new Error('the token endpoint cannot be reached', { cause });
    }
  }
}
