import { Agent, request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { TestService, testUser } from '@baton/testing/service';
import { eventually, httpClient, type HttpClient } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ingestion } from '../ingestion.module.js';

const email = 'ada@engines.example';

let service: TestService;
let http: HttpClient;

/** The events of these messages, once all of them are on the topic. */
const onTopic = (...messageIds: string[]) =>
  eventually(() => {
    const found = service.published.filter(({ data }) => messageIds.includes(data.messageId));
    expect(found.map(({ data }) => data.messageId).sort()).toEqual([...messageIds].sort());
    return found;
  });

beforeAll(async () => {
  service = await TestService.start(ingestion, { collect: ['activity'], partitions: 2 });
  http = httpClient(service.url);
  const admin = await service.as(testUser('Admin', 'admin'));
  await admin.post('/sources', { id: 'website', name: 'Website' });
  await admin.post('/forms', {
    id: 'contact-sales',
    sourceId: 'website',
    name: 'Contact sales',
    redirectTo: 'https://www.engines.example/thanks',
    allowedRedirects: ['shop.engines.example'],
  });
  await admin.post('/forms', { id: 'ask-us', sourceId: 'website', name: 'Ask us' });
}, 120_000);

afterAll(() => service?.close());

describe('the form endpoint', () => {
  const fill = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    http.post('/f/contact-sales', new URLSearchParams(fields).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'text/html',
      ...headers,
    });

  it('publishes the form of a page and redirects the visitor', async () => {
    const answer = await fill(
      { email, _id: 'form-1' },
      { referer: 'https://www.engines.example/?utm_campaign=spring' },
    );
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      'https://www.engines.example/thanks',
    ]);
    const [found] = await onTopic('form-1');
    expect(found?.data).toMatchObject({
      sourceId: 'website',
      kind: 'form',
      name: 'contact-sales',
      identifiers: { email },
      campaign: { name: 'spring' },
    });
  });

  it('shows a person a page in their language, also in a frame of another site, and a reload sends nothing', async () => {
    const sent = await http.post('/f/ask-us', new URLSearchParams({ email }).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'text/html',
    });
    expect([sent.status, sent.headers.get('location')]).toEqual([303, 'ask-us/thanks']);
    const thanks = await http.get('/f/ask-us/thanks', { 'accept-language': 'sv,de-CH;q=0.8' });
    expect([thanks.status, thanks.headers.get('x-frame-options')]).toEqual([200, null]);
    expect(thanks.headers.get('content-security-policy')).toContain('frame-ancestors *');
    expect(thanks.body).toMatch(/<html lang="de">.*Vielen Dank/);
    const fault = await fill({ email: 'ada at engines' });
    expect([fault.status, fault.headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8']);
    expect(fault.body).toContain('Please enter a valid e-mail address.');
  });

  it('takes forms with method="get", and refuses its bare address', async () => {
    const query = new URLSearchParams({ email, _id: 'form-get' }).toString();
    const answer = await http.get(`/f/ask-us?${query}`, { accept: 'text/html' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, 'ask-us/thanks']);
    const [found] = await onTopic('form-get');
    expect(found?.data).toMatchObject({ kind: 'form', identifiers: { email } });
    expect((await http.get('/f/ask-us')).status).toBe(400);
  });

  it('takes a form of an ISO-8859-1 page with a large attachment', async () => {
    const text = (name: string, value: string) =>
      `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const body = Buffer.concat([
      Buffer.from(text('email', email) + text('_id', 'form-cv') + text('last_name', 'Ren\xe9'), 'latin1'),
      Buffer.from('--x\r\nContent-Disposition: form-data; name="cv"; filename="cv.pdf"\r\n\r\n'),
      Buffer.alloc(8_000_000, 37),
      Buffer.from(`\r\n${text('company', 'Engines')}--x--\r\n`),
    ]);
    const answer = await http.post('/f/ask-us', new Uint8Array(body), {
      'content-type': 'multipart/form-data; boundary=x',
      accept: 'application/json',
    });
    expect(answer.status).toBe(200);
    const [found] = await onTopic('form-cv');
    expect(found?.data.traits).toEqual({ email, lastName: 'René', company: 'Engines' });
  });

  it('is read as its owner mapped its fields, from the next fill on', async () => {
    const admin = await service.as(testUser('Marketing', 'marketing'));
    const mapping = { q1: 'email', q2: 'jobTitle', q3: 'marketingConsent' };
    expect((await admin.put('/forms/ask-us', { name: 'Ask us', mapping })).status).toBe(204);
    await http.post('/f/ask-us', { q1: email, q2: 'CTO', q3: 'yes', _id: 'form-mapped' });
    const [found] = await onTopic('form-mapped');
    expect(found?.data).toMatchObject({ traits: { email, jobTitle: 'CTO' }, marketingConsent: true });
    expect((await admin.put('/forms/ask-us', { name: 'A', mapping: { q1: 'shoe size' } })).status).toBe(400);
    expect((await admin.put('/forms/nobody', { name: 'A' })).status).toBe(404);
  });

  it('redirects to a host of the form only if it is allowed', async () => {
    const to = async (_redirect: string) => (await fill({ email, _redirect })).headers.get('location');
    expect(await to('https://shop.engines.example/hello')).toBe('https://shop.engines.example/hello');
    expect(await to('https://evil.example/')).toBe('https://www.engines.example/thanks');
  });

  it('accepts multipart and JSON, and responds to programs in JSON', async () => {
    const form = new FormData();
    form.set('email', email);
    form.append('interest[]', 'pricing');
    form.append('interest[]', 'demo');
    form.set('cv', new Blob(['a file']), 'cv.pdf');
    form.set('_id', 'form-2');
    const multipart = await fetch(`${service.url}/f/contact-sales`, {
      method: 'POST',
      body: form,
      headers: { accept: 'application/json' },
    });
    expect([multipart.status, await multipart.json()]).toEqual([200, { success: true }]);
    const json = await http.post('/f/contact-sales', { email, employees: 250, _id: 'form-3' });
    expect([json.status, json.body]).toEqual([200, { success: true }]);
    const [second, third] = await onTopic('form-2', 'form-3').then((found) =>
      found.sort((a, b) => (a.data.messageId < b.data.messageId ? -1 : 1)),
    );
    expect(second?.data.properties).toEqual({ interest: ['pricing', 'demo'] });
    expect(third?.data.traits).toEqual({ email, employees: 250 });
  });

  describe('takes the next request of a connection after a multipart body', () => {
    const valid = `--x\r\nContent-Disposition: form-data; name="email"\r\n\r\n${email}\r\n--x--\r\n`;
    const rest = 'z'.repeat(1_000_000);
    it.each([
      ['with a rest after its end', valid + rest, {}],
      ['that is all boundaries', '--x'.repeat(150_000), {}],
      ['with a rest that is compressed', gzipSync(valid + rest.repeat(50)), { 'content-encoding': 'gzip' }],
      ['that is not compressed as it says', rest, { 'content-encoding': 'gzip' }],
      ['of an unknown encoding', rest, { 'content-encoding': 'zstd' }],
      ['without an end', valid.slice(0, 60) + rest, {}],
    ])(
      '%s',
      async (_, body, headers) => {
        const agent = new Agent({ keepAlive: true, maxSockets: 1 });
        const post = (content: string | Buffer, more: Record<string, string>) =>
          new Promise<number>((resolve, reject) => {
            const sent = request(
              `${service.url}/f/ask-us`,
              { method: 'POST', agent, headers: more },
              (answer) => {
                answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
              },
            );
            sent.on('error', reject).end(content);
          });
        await post(body, { 'content-type': 'multipart/form-data; boundary=x', ...headers });
        expect(await post(JSON.stringify({ email }), { 'content-type': 'application/json' })).toBe(200);
        agent.destroy();
      },
      10_000,
    );
  });

  it('refuses unknown forms, forms without an identifier and forms that are too large', async () => {
    expect((await http.post('/f/nobody', { email })).status).toBe(404);
    expect((await fill({ name: 'Ada' }, { accept: 'application/json' })).body).toMatchObject({
      status: 400,
      errors: [{ pointer: '/email' }],
    });
    expect((await fill({ email: 'ada at engines' })).status).toBe(400);
    expect((await http.post('/f/contact-sales', { email, text: 'x'.repeat(33 * 1024) })).status).toBe(413);
    expect((await http.post('/f/contact-sales', 'x', { 'content-type': 'multipart/form-data' })).status).toBe(
      400,
    );
  });
});
