import { trickle } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { admin, TestGateway } from '../gateway.example.js';

const JSON_HEAD = 'host: x\r\ncontent-type: application/json\r\n';
const HEAD = `${JSON_HEAD}authorization: ${admin.authorization}\r\n`;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await TestGateway.prepare();
  gateway.settings = { REQUEST_TIMEOUT_MS: '1000' };
  await gateway.open();
}, 60_000);
afterAll(async () => {
  await gateway?.close();
  await gateway?.end();
});

describe('a sender whose request never ends', () => {
  it.each([
    ['in the first line', 'POST /api/', 'x'],
    ['in the headers', 'POST /api/login HTTP/1.1\r\nhost: x\r\nx: ', 'x'],
    ['in a body of the gateway', `POST /api/users HTTP/1.1\r\n${HEAD}content-length: 9000\r\n\r\n{`, ' '],
    [
      'in a body for a service',
      `POST /api/leads/search HTTP/1.1\r\n${HEAD}content-length: 9000\r\n\r\n{`,
      ' ',
    ],
    [
      'in the chunks of a body for a service',
      `POST /api/leads/search HTTP/1.1\r\n${HEAD}transfer-encoding: chunked\r\n\r\n`,
      '1\r\n \r\n',
    ],
    ['before a login', `POST /api/login HTTP/1.1\r\n${JSON_HEAD}content-length: 9000\r\n\r\n{`, ' '],
  ])('%s is told so and disconnected, and no service gets the request', async (_, head, byte) => {
    const before = gateway.requests().length;
    const received = await trickle(gateway.running.url, head, byte);
    expect(received).toMatch(/^HTTP\/1.1 408 /);
    expect(received).toContain('"detail":"The request was not complete in time."');
    expect(gateway.requests()).toHaveLength(before);
    expect((await gateway.client.get('/api/users', admin)).status).toBe(200);
  });
});
