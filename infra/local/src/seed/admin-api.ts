import { setTimeout as delay } from 'node:timers/promises';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A refusal that seeding does not know how to go on from. */
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

/** The API as an administrator has it. Waits for a service that is just restarting; other refusals are the caller's. */
export class AdminApi {
  constructor(
    private readonly gateway: string,
    private readonly token: string,
  ) {}

  get(path: string): Promise<Answer> {
    return this.send('GET', path);
  }

  /** @throws SeedFault for any answer but 2xx and those in `also` */
  async write(
    method: 'POST' | 'PUT',
    path: string,
    body: object,
    also: readonly number[] = [],
  ): Promise<Answer> {
    const answer = await this.send(method, path, body);
    if ((answer.status >= 200 && answer.status < 300) || also.includes(answer.status)) return answer;
    throw new SeedFault(
      `${method} ${path} was refused with ${answer.status}: ${JSON.stringify(answer.body)}`,
    );
  }

  private async send(method: string, path: string, body?: object): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.once(method, path, body).catch(() => undefined);
      if (answer && ![502, 503, 504].includes(answer.status)) return answer;
      if (attempt === 50)
        throw new SeedFault(`${method} ${path} got no answer (${answer?.status ?? 'no connection'}).`);
      await delay(200);
    }
  }

  private async once(method: string, path: string, body?: object): Promise<Answer> {
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
