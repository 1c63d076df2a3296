import { setTimeout as delay } from 'node:timers/promises';

export interface ApiResponse {
  readonly status: number;
  readonly body: unknown;
}

/** A response that seeding cannot recover from. */
export class SeedFault extends Error {
  override readonly name = 'SeedFault';
}

const bodyOf = async (response: Response): Promise<unknown> => {
  const text = await response.text();
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};

/** API client with a token. Retries 502, 503, 504 and connection errors; returns other responses. */
export class AdminApi {
  constructor(
    private readonly gateway: string,
    private readonly token: string,
  ) {}

  get(path: string): Promise<ApiResponse> {
    return this.send('GET', path);
  }

  /** @throws SeedFault for a status other than 2xx and those in `also` */
  async write(
    method: 'POST' | 'PUT',
    path: string,
    body: object,
    also: readonly number[] = [],
  ): Promise<ApiResponse> {
    const response = await this.send(method, path, body);
    if ((response.status >= 200 && response.status < 300) || also.includes(response.status)) return response;
    throw new SeedFault(
      `${method} ${path} was refused with ${response.status}: ${JSON.stringify(response.body)}`,
    );
  }

  private async send(method: string, path: string, body?: object): Promise<ApiResponse> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.once(method, path, body).catch(() => undefined);
      if (answer && ![502, 503, 504].includes(answer.status)) return answer;
      if (attempt === 50)
        throw new SeedFault(`${method} ${path} got no answer (${answer?.status ?? 'no connection'}).`);
      await delay(200);
    }
  }

  private async once(method: string, path: string, body?: object): Promise<ApiResponse> {
    const response = await fetch(`${this.gateway}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(10_000),
    });
    return { status: response.status, body: await bodyOf(response) };
  }
}
