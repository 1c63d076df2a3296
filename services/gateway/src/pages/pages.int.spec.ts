import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { admin, statusOf, TestGateway } from '../gateway.example.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await TestGateway.prepare();
}, 60_000);
beforeEach(() => gateway.open());
afterEach(() => gateway.close());
afterAll(() => gateway?.end());

describe("the dashboard's files", () => {
  it.each(['/', '/inbox/7', '/definitions/new/sla-policy', '/index.html'])(
    '%s is the page, with a policy of its own for each response',
    async (path) => {
      const [one, other] = [await gateway.client.get(path), await gateway.client.get(path)];
      const policy = one.headers.get('content-security-policy') ?? '';
      const nonce = /style-src 'self' 'nonce-([^']{20,})'/.exec(policy)?.[1];
      expect(one.body).toBe(`<meta content=""><style nonce="${nonce}"></style><div id="root"></div>`);
      expect(policy).not.toContain('unsafe');
      expect(policy).toContain("frame-ancestors 'none'");
      expect(one.headers.get('cache-control')).toBe('no-cache');
      expect(other.headers.get('content-security-policy')).not.toBe(policy);
    },
  );

  it.each([
    ['https://in.example/', 'https://in.example'],
    ['https://in.example:8443/events/', 'https://in.example:8443/events'],
    ['http://127.0.0.1:8401', 'http://127.0.0.1:8401'],
    ['https://in.example/a?x=1&y=$&', 'https://in.example/a?x=1&amp;y=$&amp;'],
  ])('the page names the public address of ingestion: %s', async (PUBLIC_INGESTION_URL, shown) => {
    const other = await gateway.start({ PUBLIC_INGESTION_URL });
    const page = await fetch(other.url).then((answer) => answer.text());
    await other.stop();
    expect(page).toContain(`<meta content="${shown}">`);
  });

  it('assets are cached for a year, since their names change with their content', async () => {
    const answer = await gateway.client.get('/assets/index-abc123.js', { 'accept-encoding': 'identity' });
    expect([answer.status, answer.body]).toEqual([200, 'export {};']);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('content-type')).toContain('javascript');
  });

  it.each(['/assets/gone.js', '/../package.json', '/assets/%2e%2e/%2e%2e/package.json', '/.env'])(
    '%s is not found',
    async (path) => {
      expect([403, 404]).toContain(await statusOf(gateway.running.url, path));
    },
  );

  it('paths below /api are not pages', async () => {
    const answer = await gateway.client.get('/api/nothing', admin);
    expect([answer.status, answer.body.code]).toEqual([404, 'not-found']);
  });
});
