import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OauthTokenClient } from './oauth-token.client.js';

interface Received {
  readonly authorization: string | undefined;
  readonly body: string;
}

describe('OauthTokenClient', () => {
  let server: Server;
  let now = 0;
  let answer: { status: number; body: object };
  const received: Received[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      void text(request).then((body) => {
        received.push({ authorization: request.headers.authorization, body });
        response.writeHead(answer.status, { 'content-type': 'application/json', location: '/elsewhere' });
        response.end(JSON.stringify(answer.body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(() => {
    received.length = 0;
    now = 0;
    answer = { status: 200, body: { access_token: 'first', expires_in: 3600 } };
  });
  afterAll(() => void server.close());

  const client = (): OauthTokenClient =>
    new OauthTokenClient({
      tokenUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`,
      clientId: 'baton',
      clientSecret: 'top:secret',
      scope: 'kafka',
      now: () => now,
    });

  it('requests a token with the credentials of the client, once for concurrent calls', async () => {
    const tokens = client();
    expect(await Promise.all([tokens.token(), tokens.token()])).toEqual(['first', 'first']);
    const authorization = `Basic ${Buffer.from('baton:top%3Asecret').toString('base64')}`;
    expect(received).toEqual([{ authorization, body: 'grant_type=client_credentials&scope=kafka' }]);
  });

  it('keeps the token until a minute before it expires', async () => {
    const tokens = client();
    await tokens.token();
    answer = { status: 200, body: { access_token: 'second', expires_in: 3600 } };
    now = 3_539_000;
    expect(await tokens.token()).toBe('first');
    now = 3_540_000;
    expect(await tokens.token()).toBe('second');
    expect(received).toHaveLength(2);
  });

  it('fails with the error code of the endpoint and without the secret, and retries on the next call', async () => {
    const tokens = client();
    answer = { status: 401, body: { error: 'invalid_client' } };
    await expect(tokens.token()).rejects.toThrow('the token endpoint answered 401 (invalid_client)');
    answer = { status: 200, body: { access_token: 'first' } };
    expect(await tokens.token()).toBe('first');
  });

  it('does not follow a redirect', async () => {
    answer = { status: 302, body: {} };
    await expect(client().token()).rejects.toThrow('cannot be reached');
    expect(received).toHaveLength(1);
  });
});
