import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { httpClient, type HttpClient } from './http-client.js';

describe('httpClient', () => {
  let server: Server;
  let client: HttpClient;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (request.url === '/text') return response.end('plain');
        if (request.url === '/moved') return response.writeHead(303, { location: '/text' }).end();
        const { method, headers } = request;
        const body = Buffer.concat(chunks).toString();
        response.writeHead(422, { 'content-type': 'application/problem+json' });
        return response.end(
          JSON.stringify({ method, type: headers['content-type'], auth: headers.authorization, body }),
        );
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    client = httpClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterAll(() => void server.close());

  it('sends and reads JSON and returns any status', async () => {
    const answer = await client.with({ authorization: 'Bearer x' }).post('/any', { a: 1 });
    expect(answer.status).toBe(422);
    expect(answer.body).toEqual({
      method: 'POST',
      type: 'application/json',
      auth: 'Bearer x',
      body: '{"a":1}',
    });
  });

  it('sends text unchanged', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const { body } = await client.put('/any', 'a=1', form);
    expect(body).toMatchObject({ method: 'PUT', type: form['content-type'], body: 'a=1' });
  });

  it('returns text and does not follow redirects', async () => {
    expect((await client.get('/text')).body).toBe('plain');
    const moved = await client.get('/moved');
    expect([moved.status, moved.headers.get('location')]).toEqual([303, '/text']);
  });
});
