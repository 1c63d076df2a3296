import { eventually, type HttpClient } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WriteKeysExample } from './write-keys.example.js';

const ORIGIN = 'https://www.engines.example';
const page = { type: 'page', anonymousId: 'a-1' };

let keys: WriteKeysExample;

beforeAll(async () => {
  keys = await WriteKeysExample.start();
}, 120_000);

afterAll(() => keys?.service.close());

describe('the allowed origins of a write key', () => {
  it('are changed at once here and within seconds elsewhere', async () => {
    const { id, writeKey } = await keys.newSource();
    const [key] = await keys.keysOf(id);
    const change = (origins: string[]) => keys.change(id, key!.id, { origins });
    await change(['https://*.bücher.example']);
    const origin = 'https://shop.xn--bcher-kva.example';
    expect((await keys.send(writeKey, { origin })).status).toBe(200);
    expect((await keys.send(writeKey, { origin: ORIGIN })).status).toBe(403);
    await eventually(async () =>
      expect((await keys.send(writeKey, { origin: ORIGIN }, keys.other)).status).toBe(403),
    );
    await change([]);
    expect((await keys.send(writeKey, { origin: ORIGIN })).status).toBe(200);
    await eventually(async () =>
      expect((await keys.send(writeKey, { origin: ORIGIN }, keys.other)).status).toBe(200),
    );
  });

  it('hold for every route, and what they refuse is counted and shown', async () => {
    const { id } = await keys.newSource();
    const { writeKey } = await keys.created(id, { origins: [ORIGIN, 'https://*.engines.example:8443'] });
    const body = JSON.stringify({ batch: [page] });
    const basic = { authorization: `Basic ${btoa(`${writeKey}:`)}` };
    const routes: ((headers: Record<string, string>) => ReturnType<HttpClient['post']>)[] = [
      (headers) => keys.send(writeKey, headers),
      (headers) => keys.http.post('/v1/p', JSON.stringify({ ...page, writeKey }), headers),
      (headers) => keys.http.post('/v1/batch', body, { ...basic, ...headers }),
      (headers) => keys.http.post(`/beacon/v1/batch?writeKey=${writeKey}`, body, headers),
    ];
    for (const route of routes) {
      for (const headers of [
        { origin: ORIGIN },
        { origin: 'https://WWW.engines.example:443' },
        { origin: 'https://a.b.engines.example:8443' },
        { referer: `${ORIGIN}/pricing` },
      ])
        expect([headers, (await route(headers)).status]).toEqual([headers, 200]);
      for (const headers of [
        { origin: 'https://evil-www.engines.example' },
        { origin: 'https://evil-engines.example' },
        { origin: 'https://www.engines.example.evil.example' },
        { origin: 'https://evil-engines.example:8443' },
        { origin: 'http://www.engines.example' },
        { origin: 'null', referer: `${ORIGIN}/` },
        { origin: 'https://evil.example', referer: `${ORIGIN}/` },
        { referer: 'https://evil.example/?https://www.engines.example' },
        {},
      ] as Record<string, string>[]) {
        const refused = await route(headers);
        expect([headers, refused.status, refused.body.code]).toEqual([headers, 403, 'forbidden']);
        expect(refused.body.detail).toContain(`under Sources, "${id}", Write keys`);
      }
    }
    await keys.counted(id, {
      requests: 52,
      acceptedRequests: 16,
      refusedRequests: 36,
      acceptedEvents: 16,
    });
    const { body: shown } = await (await keys.marketing()).get(`/sources/${id}/requests?show=notable`);
    expect(shown[0]).toMatchObject({
      status: 403,
      detail: expect.stringContaining(`under Sources, "${id}"`),
    });
  });

  it('hold for forms, which any key of their source lets in that takes forms', async () => {
    const { id } = await keys.newSource();
    const [first] = await keys.keysOf(id);
    const form = await keys.newForm(id);
    await keys.created(id, { kinds: ['track'] });
    const setFirst = (rules: object) => keys.change(id, first!.id, rules);
    const fill = (headers: Record<string, string>) =>
      keys.http.post(form, { email: 'ada@engines.example' }, headers);
    const get = (headers: Record<string, string>) =>
      keys.http.get(`${form}?email=ada@engines.example`, headers);

    await setFirst({ origins: [ORIGIN] });
    const allowed = [await fill({ origin: ORIGIN }), await get({ referer: `${ORIGIN}/contact` })];
    expect(allowed.map(({ status }) => status)).toEqual([200, 200]);
    const refused = [
      await fill({ origin: 'https://evil.example' }),
      await fill({ origin: 'null' }),
      await fill({}),
      await get({ referer: 'https://evil.example/' }),
      await get({}),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    const shownToPeople = await fetch(`${keys.service.url}${form}`, {
      method: 'POST',
      headers: { accept: 'text/html', 'accept-language': 'de', origin: 'https://evil.example' },
      body: new URLSearchParams({ email: 'ada@engines.example' }),
    });
    expect(shownToPeople.status).toBe(403);
    expect(await shownToPeople.text()).toContain('kann von seiner Seite aus nicht gesendet werden');

    await setFirst({ kinds: ['page'] });
    expect(await fill({})).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('takes forms') },
    });
    await setFirst({ kinds: ['form'] });
    expect((await fill({})).status).toBe(200);
    await keys.revoke(id, first!.id);
    expect((await fill({})).status).toBe(403);
    await keys.created(id, { origins: ['https://evil.example'] });
    expect((await fill({ origin: 'https://evil.example' })).status).toBe(200);
  });

  it('are told to preflights as far as their address tells the key, and refused ones are counted', async () => {
    const { id } = await keys.newSource();
    const { writeKey } = await keys.created(id, { origins: [ORIGIN] });
    await keys.revoke(id, (await keys.keysOf(id))[1]!.id);
    const form = await keys.newForm(id);
    const preflight = async (path: string, origin: string) => {
      const { status, headers } = await fetch(new URL(path, keys.service.url), {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
      return [status, headers.get('access-control-allow-origin')];
    };
    const evil = 'https://evil.example';
    for (const path of [`/v1/p?writeKey=${writeKey}`, `/beacon/v1/batch?writeKey=${writeKey}`, form]) {
      expect([path, await preflight(path, ORIGIN)]).toEqual([path, [204, ORIGIN]]);
      expect([path, await preflight(path, evil)]).toEqual([path, [403, null]]);
    }
    for (const path of ['/v1/p', '/v1/p?writeKey=wk_nobody', '/f/nobody', '/f/a/b'])
      expect([path, await preflight(path, evil)]).toEqual([path, [204, evil]]);
    // The page can read why.
    expect((await keys.send(writeKey, { origin: evil })).headers.get('access-control-allow-origin')).toBe(
      evil,
    );
    await keys.counted(id, { requests: 4, refusedRequests: 4 });
  });
});

describe('the kinds of a write key', () => {
  it('leave others out of a batch, and refuse single messages and batches of nothing else', async () => {
    const { id } = await keys.newSource();
    const { writeKey } = await keys.created(id, { kinds: ['page', 'form'] });
    const post = (path: string, body: object) =>
      keys.http.post(`${path}?writeKey=${writeKey}`, JSON.stringify(body));
    const identify = { type: 'identify', userId: 'u-1' };
    const track = { type: 'track', userId: 'u-1', event: 'Signed Up' };
    expect((await post('/v1/page', page)).status).toBe(200);
    expect(await post('/v1/batch', { batch: [page, identify, track] })).toMatchObject({
      status: 200,
      body: {
        rejected: 2,
        errors: [{ pointer: '/batch/1', detail: expect.stringContaining('takes page, form only') }, {}],
      },
    });
    for (const [path, body] of [
      ['/v1/identify', identify],
      ['/v1/t', track],
      ['/v1/batch', { batch: [identify, track] }],
      ['/beacon/v1/batch', { batch: [track] }],
    ] as const)
      expect([path, (await post(path, body)).status]).toEqual([path, 403]);
    await keys.counted(id, {
      requests: 6,
      acceptedRequests: 2,
      refusedRequests: 4,
      acceptedEvents: 2,
      refusedEvents: 2,
    });
  });
});
