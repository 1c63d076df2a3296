import { httpClient, sendOn, trickle } from '@baton/testing';
import { TestService, testUser } from '@baton/testing/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ingestion } from './ingestion.module.js';

let service: TestService;
let writeKey: string;
beforeAll(async () => {
  service = await TestService.start(ingestion, { environment: { REQUEST_TIMEOUT_MS: '1000' } });
  const admin = await service.as(testUser('Admin', 'admin'));
  const created = await admin.post('/sources', { id: 'website', name: 'Website' });
  writeKey = (created.body as { writeKey: string }).writeKey;
  await admin.post('/forms', { id: 'contact', sourceId: 'website', name: 'Contact' });
}, 120_000);
afterAll(() => service?.close());

const json = 'host: x\r\ncontent-type: application/json\r\n';
const multipart = 'host: x\r\ncontent-type: multipart/form-data; boundary=b\r\n';

describe('a sender whose request never ends', () => {
  it.each([
    ['in the headers', () => 'POST /v1/batch HTTP/1.1\r\nhost: x\r\nx: ', 'x'],
    [
      'in a batch',
      () => `POST /v1/batch?writeKey=${writeKey} HTTP/1.1\r\n${json}content-length: 90000\r\n\r\n{`,
      ' ',
    ],
    [
      'in the chunks of a batch',
      () => `POST /v1/batch?writeKey=${writeKey} HTTP/1.1\r\n${json}transfer-encoding: chunked\r\n\r\n`,
      '1\r\n \r\n',
    ],
    [
      'with a key that is none',
      () => `POST /v1/batch HTTP/1.1\r\n${json}content-length: 90000\r\n\r\n{`,
      ' ',
    ],
    [
      'in a file of a form',
      () =>
        `POST /f/contact HTTP/1.1\r\n${multipart}content-length: 90000\r\n\r\n--b\r\ncontent-disposition: form-data; name="f"; filename="a"\r\n\r\n`,
      'x',
    ],
  ])('%s is told so and disconnected, and others are served', async (_, head, byte) => {
    expect(await trickle(service.url, head(), byte)).toMatch(/HTTP\/1.1 408 /);
    const page = JSON.stringify({ anonymousId: 'a-1' });
    const others = await httpClient(service.url).post(`/v1/page?writeKey=${writeKey}`, page);
    expect(others.status).toBe(200);
  });
});

describe('a sender whose request is refused before its end', () => {
  const MEGABYTE = 1024 * 1024;
  const sizeOf = (head: string) => head.length + 30 * MEGABYTE;
  const part = '--b\r\ncontent-disposition: form-data; name="f"; filename="a"\r\n\r\n';
  it.each([
    ['a form with too many answers', `a&${'b=1&'.repeat(2_000)}`, 'application/x-www-form-urlencoded'],
    ['a form with a large file', part, 'multipart/form-data; boundary=b'],
    ['a form of another format', 'x', 'multipart/form-data'],
  ])('%s gets the answer, and its connection takes the next request', async (_, start, type) => {
    const head = `POST /f/contact HTTP/1.1\r\nhost: x\r\ncontent-type: ${type}\r\ncontent-length: ${sizeOf(start)}\r\n\r\n`;
    // Too large a form is refused when 25 MB have come.
    const first = type.endsWith('=b') ? 26 : 0;
    const pieces = (count: number) => Array.from({ length: count }, () => 'x'.repeat(MEGABYTE));
    const answers = await sendOn(service.url, head + start + pieces(first).join(''), pieces(30 - first));

    expect(answers.match(/HTTP\/1.1 \d+/g)).toEqual([expect.stringMatching(/ 4(00|13)$/), 'HTTP/1.1 404']);
  });
});
