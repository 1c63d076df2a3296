import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fastify, type FastifyInstance } from 'fastify';
import { refuseConnection, refuseExpectations } from './refused-connection.js';

describe('bytes that are no HTTP request', () => {
  let server: FastifyInstance;
  let url: string;

  beforeAll(async () => {
    server = fastify({ clientErrorHandler: refuseConnection });
    refuseExpectations(server.server);
    server.post('/', () => ({ reached: true }));
    url = await server.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(() => server.close());

  const answerTo = async (bytes: string): Promise<string> => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.write(Buffer.from(bytes, 'latin1'));
    await once(socket, 'end');
    socket.destroy();
    return text;
  };

  it.each([
    ['a header without a name', 400, 'invalid', 'GET / HTTP/1.1\r\n: x\r\n\r\n'],
    ['a control character in a header', 400, 'invalid', 'GET / HTTP/1.1\r\nhost: a\r\nx: a\u0001\r\n\r\n'],
    [
      'two lengths',
      400,
      'invalid',
      'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n',
    ],
    ['bytes outside ASCII in the address', 400, 'invalid', 'GET /\u00ff HTTP/1.1\r\nhost: a\r\n\r\n'],
    ['no HTTP at all', 400, 'invalid', '\u0016\u0003\u0001'],
    ['long headers', 431, 'too-large', `GET / HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`],
    ['a long address', 431, 'too-large', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nhost: a\r\n\r\n`],
    [
      'an unknown expectation',
      417,
      'unsupported',
      'POST / HTTP/1.1\r\nhost: a\r\nexpect: x\r\ncontent-length: 0\r\n\r\n',
    ],
  ])('%s is answered with a problem, and the connection is closed', async (_, status, code, bytes) => {
    const text = await answerTo(bytes);
    expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(text).toMatch(/^content-type: application\/problem\+json\r$/im);
    expect(text).toMatch(/^x-content-type-options: nosniff\r$/im);
    expect(text).toContain(`"status":${status},"code":"${code}"`);
  });
});
