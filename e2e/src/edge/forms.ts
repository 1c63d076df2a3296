import { eventually, httpClient } from '@baton/testing';
import { describe, expect, it } from '@jest/globals';
import { BUILDERS } from './builders.js';
import { ENGAGEMENT, encoded, FIT, pairsOf, PLAIN_FORM, RICH, type Edge, type Fields } from './edge.js';

export const formTests = (edge: Edge): void => {
  it.each(BUILDERS)('$builder sends a lead with address and name', async ({ body, traits }) => {
    const email = edge.email();
    const sent = body(email);
    const answer = 'json' in sent ? await edge.submitJson(sent.json as object) : await edge.submit(sent);
    expect([answer.status, answer.body]).toEqual([200, { success: true }]);
    const lead = await edge.leadOf(email);
    expect(lead.traits).toMatchObject({ email, ...traits });
  });

  describe('sent again', () => {
    const fill = (email: string): Fields => ({ email, newsletter: 'on', ...RICH });
    const tokens = (token: string): Record<string, string> => ({
      _csrf: token,
      'g-recaptcha-response': token,
      'cf-turnstile-response': token,
      authenticity_token: token,
      form_build_id: token,
    });
    const jsonHeaders = { 'content-type': 'application/json' };
    const SENDERS: readonly (readonly [string, (email: string, time: number) => Promise<unknown>])[] = [
      ['by a double click', (email) => edge.submit(fill(email))],
      ['with new tokens', (email, time) => edge.submit({ ...fill(email), ...tokens(`t-${time}`) })],
      ['as JSON', (email) => edge.submitJson(fill(email), jsonHeaders)],
      [
        'with the same key of the request',
        (email) => edge.submit(fill(email), { headers: { 'idempotency-key': email } }),
      ],
      [
        'as multipart, with another boundary',
        (email) => {
          const form = new FormData();
          for (const [name, value] of Object.entries(fill(email))) form.set(name, value);
          return fetch(`${edge.local.ingestion}/f/${edge.form}`, { method: 'POST', body: form });
        },
      ],
    ];

    it.each(SENDERS)('%s, a form is one fill', async (_, send) => {
      const email = edge.email('edda');
      await Promise.all([0, 1].map((time) => send(email, time)));
      await send(email, 2);
      await edge.expectHandedOver(email);
      await edge.caughtUp();
      const lead = await edge.leadOf(email);
      expect([Math.round(lead.score.fit), Math.round(lead.score.engagement)]).toEqual([FIT, ENGAGEMENT]);
      expect(await edge.activitiesOf(email)).toHaveLength(1);
    });

    it.each<[string, Record<string, string>]>([
      ['with the id of the first fill', { _id: 'f-1' }],
      ['with the message id of the first fill', { messageId: 'm-1' }],
      ['without an id', {}],
    ])('with the address corrected, %s, a form is another fill', async (_, id) => {
      const [wrong, right] = [edge.email('dora', 'engines.exmaple'), edge.email('dora')];
      await edge.submit({ email: wrong, company: 'Engines', ...id });
      expect((await edge.submit({ email: right, company: 'Engines', ...id })).status).toBe(200);
      expect((await edge.leadOf(right)).traits).toMatchObject({ email: right, company: 'Engines' });
    });

    it('by two visitors of one cached page, a form is two fills', async () => {
      const emails = [edge.email(), edge.email()];
      for (const email of emails)
        await edge.submit({ email, _id: 'cached' }, { headers: { 'idempotency-key': 'cached' } });
      for (const email of emails) await edge.leadOf(email);
    });

    it('with another message, a form is a second fill', async () => {
      const email = edge.email();
      for (const message of ['Hello', 'Are you there?']) await edge.submit({ email, message });
      await eventually(async () => expect(await edge.activitiesOf(email)).toHaveLength(2));
    });
  });

  it.each<[string, number | undefined]>([
    ['<50', 1],
    ['Fewer than 50', 1],
    ['50 or fewer', 1],
    ['&lt;50', 1],
    ['50人以下', 1],
    ['1\u202f000', 1000],
    ['1\u00a0000', 1000],
    ['1’000', 1000],
    ['1.000-5.000', 1000],
    ['10,001+', 10_001],
    ['5k', 5000],
    ['200人', 200],
    ['51 – 200 Mitarbeiter', 51],
    ['٢٥٠', 250],
    ['a few', undefined],
  ])('a company of %s people counts as %p', async (size, employees) => {
    const email = edge.email('kim');
    await edge.submit({ email, employees: size }, { form: PLAIN_FORM });
    expect((await edge.leadOf(email)).traits.employees).toBe(employees);
    expect((await edge.rulesOf(email))['fifty-employees']).toBe((employees ?? 0) >= 50 ? 15 : undefined);
  });

  const asked = async (email: string) => (await edge.rulesOf(email))['asked-to-buy'];

  it.each([
    'Industrial automation',
    'Terrestrial networks',
    'Democracy',
    'Demographics',
    'Salesforce',
    'Clinical trials research',
  ])('interest in "%s" is not interest in buying', async (interest) => {
    const email = edge.email('kai');
    await edge.submit({ email, interest }, { form: PLAIN_FORM });
    expect((await edge.rulesOf(email))['form-filled']).toBe(15);
    expect(await asked(email)).toBeUndefined();
  });

  it.each(['salesforce-guide', 'democracy-report', 'industrial-trialogue'])(
    'the form %s does not ask for anything to buy',
    async (form) => {
      await edge.addForm(form);
      const email = edge.email();
      await edge.submit({ email }, { form });
      expect((await edge.rulesOf(email))['form-filled']).toBe(15);
      expect(await asked(email)).toBeUndefined();
    },
  );

  it.each<[string, Fields]>([
    ['one box', { 'interest[]': 'Book a demo' }],
    [
      'two boxes',
      [
        ['interest[]', 'Book a demo'],
        ['interest[]', 'See pricing'],
      ],
    ],
    [
      'two boxes of one name',
      [
        ['interest', 'Something else'],
        ['interest', 'See pricing'],
      ],
    ],
    [
      'boxes with numbers',
      [
        ['interest[0]', 'Our jobs'],
        ['interest[1]', 'A démo, please'],
      ],
    ],
    ['a list in a text', { interest: 'Newsletter; Free trial' }],
    ['an answer in German', { 'form_fields[interest]': 'Angebot' }],
  ])('%s: interest in buying', async (_, fields) => {
    const email = edge.email('leo');
    const pairs = pairsOf(fields);
    await edge.submit([['email', email], ...pairs], { form: PLAIN_FORM });
    await edge.leadOf(email);
    expect(await asked(email)).toBe(30);
  });

  it.each(['Cook', 'Headhunter', 'VPN engineer', 'Coordinator', 'Office assistant', 'Ctoring specialist'])(
    'a %s is not senior',
    async (title) => {
      const email = edge.email();
      await edge.submit(
        { email, ...RICH, job_title: title, employees: '80', interest: 'x', newsletter: 'on' },
        { form: PLAIN_FORM },
      );
      const lead = await edge.leadOf(email);
      expect([lead.stage, Math.round(lead.score.points)]).toEqual(['lead', 42]);
    },
  );

  it.each(['COO', 'VP Sales', 'Co-Founder & CTO', 'Geschäftsführerin', 'directeur général'])(
    'a %s is senior',
    async (title) => {
      const email = edge.email();
      await edge.submit({ email, job_title: title }, { form: PLAIN_FORM });
      expect((await edge.rulesOf(email))['senior-role']).toBe(15);
    },
  );

  describe('with a file', () => {
    const withFile = (email: string, bytes: number): FormData => {
      const form = new FormData();
      for (const [name, value] of Object.entries({ email, newsletter: 'on', ...RICH })) form.set(name, value);
      form.set('cv', new Blob([new Uint8Array(bytes).fill(0x2d)], { type: 'application/pdf' }), 'cv.pdf');
      return form;
    };
    const post = async (body: FormData | Buffer, headers: Record<string, string> = {}) =>
      (await fetch(`${edge.local.ingestion}/f/${edge.form}`, { method: 'POST', body, headers })).status;

    it.each([0, 600 * 1024, 5 * 1024 * 1024])('of %p bytes, a form is taken', async (bytes) => {
      const email = edge.email();
      expect(await post(withFile(email, bytes))).toBe(200);
      await edge.expectHandedOver(email);
    });

    it('and a text that holds the beginning of the boundary, it is taken', async () => {
      const email = edge.email();
      const part = (name: string, text: string) =>
        `--xX\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`;
      const body = Buffer.from(
        `${part('email', email)}${part('message', 'a\r\n--x and --xX in a line')}--xX--\r\n`,
      );
      expect(await post(body, { 'content-type': 'multipart/form-data; boundary=xX' })).toBe(200);
      await edge.leadOf(email);
      const [{ properties }] = await edge.activitiesOf(email);
      expect(properties.message).toBe('a\r\n--x and --xX in a line');
    });
  });

  describe('a person in a browser', () => {
    const HTML = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

    it.each([
      ['en-US,en;q=0.9', 'valid e-mail address'],
      ['de-AT', 'gültige E-Mail-Adresse'],
      ['fr', 'adresse e-mail valide'],
      ['xx', 'valid e-mail address'],
    ])('reads of a fault on a page in %s', async (language, text) => {
      const answer = await edge.submit(
        { email: 'ada at engines' },
        { headers: { ...HTML, 'accept-language': language } },
      );
      expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8']);
      expect(answer.body).toContain(text);
    });

    it('is sent to a page that can be loaded again', async () => {
      const email = edge.email();
      const answer = await edge.submit({ email }, { headers: HTML });
      expect(answer.status).toBe(303);
      const location = new URL(answer.headers.get('location')!, `${edge.local.ingestion}/f/${edge.form}`);
      const page = await httpClient(edge.local.ingestion).get(location.pathname, HTML);
      expect([page.status, page.body]).toEqual([200, expect.stringContaining('Thank you.')]);
    });

    it('is sent on to a page whose address is not ASCII', async () => {
      await edge.addForm('arigato', { redirectTo: 'https://example.jp/ありがとう' });
      const answer = await edge.submit({ email: edge.email() }, { form: 'arigato', headers: HTML });
      expect([answer.status, answer.headers.get('location')]).toEqual([
        303,
        `https://example.jp/${encodeURIComponent('ありがとう')}`,
      ]);
    });

    it('is sent to no page that the form does not allow', async () => {
      for (const target of [
        'https://evil.example',
        '//evil.example',
        'javascript:alert(1)',
        'https://example.jp@evil.example/',
        'https://example.jp.evil.example/',
        '/\\evil.example',
      ]) {
        const answer = await edge.submit(
          { email: edge.email(), _redirect: target },
          { form: 'arigato', headers: HTML },
        );
        expect([target, new URL(answer.headers.get('location')!).host]).toEqual([target, 'example.jp']);
      }
    });
  });

  it('a form sent as a link is a fill, too', async () => {
    const email = edge.email();
    const query = encoded({ email, newsletter: 'on', ...RICH });
    const answer = await httpClient(edge.local.ingestion).get(`/f/${edge.form}?${query}`);
    expect(answer.status).toBe(200);
    await edge.expectHandedOver(email);
  });
};
