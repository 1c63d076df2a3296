import { ActivityRecorded, encode } from '@baton/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidMessage } from '../activity/invalid-message.js';
import { requestContext } from '../activity/request-context.example.js';
import { activityOfForm, type FormFill } from './form-fill.js';
import { redirectOf } from './redirect.js';

const fill = (fields: Record<string, unknown>, more: Partial<FormFill> = {}, context = requestContext()) =>
  activityOfForm({ formId: 'contact-sales', fields, ...more }, context);
const activityOf = (...args: Parameters<typeof fill>) => fill(...args).activity;
const email = 'ada@engines.example';

describe('a submitted form', () => {
  it('becomes an activity with identifiers, traits, properties and campaign', () => {
    const activity = activityOf({
      'E-mail': 'Ada@Engines.Example',
      'first name': 'Ada',
      company: 'Engines Ltd',
      'company size': '201-500',
      newsletter: 'on',
      interest: ['pricing', 'demo'],
      message: 'Call me',
      anonymousId: 'a-1',
      utm_campaign: 'spring-launch',
      utm_source: 'google',
      utm_medium: 'cpc',
      page_url: 'https://www.engines.example/pricing',
      referrer: 'https://www.google.com/',
      password: 'secret',
      _csrf: 'token',
      _id: 'fill-1',
    });
    expect(activity).toMatchObject({
      messageId: 'fill-1',
      kind: 'form',
      name: 'contact-sales',
      occurredAt: '2026-01-05T12:00:00.000Z',
      identifiers: { email, anonymousId: 'a-1' },
      channel: 'paid-search',
      campaign: { name: 'spring-launch', source: 'google', medium: 'cpc' },
      pageUrl: 'https://www.engines.example/pricing',
      referrer: 'https://www.google.com/',
      marketingConsent: true,
      bot: false,
    });
    expect(activity.traits).toEqual({ email, firstName: 'Ada', company: 'Engines Ltd', employees: 201 });
    expect(activity.properties).toEqual({
      interest: ['pricing', 'demo'],
      message: 'Call me',
      newsletter: 'on',
    });
  });

  it('with a phone number alone is of somebody to call, and a field cannot say which contact of a CRM it is of', () => {
    const called = activityOf({ Telefon: '+44 20 7183 8750', crmId: '17' });
    expect(called.identifiers).toEqual({ phone: '+442071838750' });
    for (const phone of ['020 7183 8750', '+44 1111 111111', '+1 415 555 0123', 'later'])
      expect(() => fill({ phone })).toThrow(InvalidMessage);
  });

  it('takes page and campaign from the referring page', () => {
    const referer = 'https://www.engines.example/?utm_campaign=spring&utm_medium=email';
    expect(activityOf({ email }, { referer })).toMatchObject({
      pageUrl: referer,
      campaign: { name: 'spring', medium: 'email' },
      channel: 'email',
    });
    expect(activityOf({ email, page_url: 'https://www.engines.example/' }, { referer }).campaign?.name).toBe(
      'spring',
    );
  });

  it('sent again with the same key is the same activity', () => {
    const sent = () => activityOf({ email }, { idempotencyKey: '"k-1"' });
    expect(sent().messageId).toBe('k-1');
    expect(sent().activityId).toBe(sent().activityId);
    expect(activityOf({ email: 'eda@engines.example' }, { idempotencyKey: 'k-1' }).activityId).not.toBe(
      sent().activityId,
    );
  });

  it('sent again without a key is one activity on the same day, and another on another day, form or with other answers', () => {
    const at = (day: string) => requestContext({ receivedAt: new Date(`${day}T12:00:00Z`) });
    const idOf = (fields: object, day = '2026-01-05', formId = 'contact-sales') =>
      activityOf({ email, ...fields }, { formId }, at(day)).activityId;
    for (const token of [
      '_csrf',
      'cf-turnstile-response',
      'g-recaptcha-response',
      'authenticity_token',
      'form_build_id',
    ])
      expect(idOf({ message: 'Hello', [token]: 'a' })).toBe(idOf({ message: 'Hello', [token]: 'b' }));
    const ids = [idOf({}), idOf({ message: 'Hi' }), idOf({}, '2026-01-06'), idOf({}, '2026-01-05', 'ask-us')];
    expect(new Set(ids).size).toBe(4);
  });

  it.each([
    [{ 'your-name': 'Ada King', 'your-email': email }],
    [{ 'form_fields[name]': 'Ada King', 'form_fields[email]': email }],
    [{ 'mauticform[email]': email, 'mauticform[full_name]': 'Ada King' }],
    [{ _replyto: email, name: 'Ada King' }],
    [{ 'data[merges][EMAIL]': email, 'data[merges][NAME]': 'Ada King' }],
    [{ 'E-Mail-Adresse': email, Name: 'Ada King' }],
    [{ courriel: email, 'contact name': 'Ada King' }],
    [{ 'lead[contact][email]': email, 'lead[contact][full name]': 'Ada King' }],
    [{ 'Contact.Email': email, 'Contact.FullName': 'Ada King' }],
    [{ 'fields[email][value]': email, 'fields[name][value]': 'Ada King' }],
    [{ 'Email (required)': email, 'Name*': 'Ada King' }],
    [{ 'adres e-mail': email, volledige_naam: 'Ada King' }],
    [{ WORK_EMAIL: email, FULL_NAME: 'Ada King' }],
    [{ input_3: email, name: 'Ada King' }],
  ])('is understood in the field names of %j', (fields) => {
    expect(activityOf(fields)).toMatchObject({ identifiers: { email }, traits: { email, name: 'Ada King' } });
  });

  it('has the one address among its answers, when no field is called so, and never that of the recipient', () => {
    expect(activityOf({ input_1: 'Ada', input_3: `Ada <${email}>` })).toMatchObject({
      identifiers: { email },
      properties: { input_1: 'Ada' },
    });
    expect(() => fill({ recipient: 'sales@engines.example', message: 'Hello' })).toThrow(InvalidMessage);
    expect(() => fill({ input_1: email, input_2: 'eda@engines.example' })).toThrow(InvalidMessage);
  });

  it('has answers of nested fields under their own names', () => {
    expect(
      activityOf({
        email,
        'form_fields[interest]': 'pricing',
        'product[name]': 'Loom',
        'order[name]': 'X',
        'c[v]': 1,
      }).properties,
    ).toEqual({ interest: 'pricing', name: 'Loom', 'order[name]': 'X', v: 1 });
  });

  it('is read as its owner mapped the fields', () => {
    const mapping = {
      input_1: 'email',
      input_2: 'firstName',
      input_3: 'marketingConsent',
      title: 'property',
      company: 'ignored',
      visitor: 'anonymousId',
    };
    const fields = {
      input_1: email,
      input_2: 'Ada',
      input_3: 'Yes',
      title: 'Loom',
      company: 'x',
      visitor: 'a-1',
    };
    const { activity, uses } = fill(fields, { mapping });
    expect(activity).toMatchObject({ identifiers: { email, anonymousId: 'a-1' }, marketingConsent: true });
    expect(activity.traits).toEqual({ email, firstName: 'Ada' });
    expect(activity.properties).toEqual({ input_3: 'Yes', title: 'Loom' });
    expect(uses).toContainEqual({ field: 'input_2', target: 'firstName', reason: 'mapped' });
  });

  it.each([
    'Ada King <ada@engines.example>',
    'mailto:ada@engines.example',
    ' ada@engines.example. ',
    'ADA＠engines.example',
  ])('takes the address pasted as %j', (pasted) => {
    expect(activityOf({ email: pasted }).identifiers).toEqual({ email });
  });

  it.each(['undefined', 'null', '[object Object]', '0'])(
    'with the id %s is identified by its answers',
    (id) => {
      const first = activityOf({ email, _id: id, message: 'a' });
      expect(first.activityId).not.toBe(activityOf({ email: 'eda@engines.example', _id: id }).activityId);
      expect(first.messageId).not.toBe(id);
    },
  );

  it('has first and last name of nested fields', () => {
    expect(activityOf({ email, 'name[first]': 'Ada', 'name[last]': 'King' }).traits).toMatchObject({
      firstName: 'Ada',
      lastName: 'King',
    });
  });

  it.each(['undefined', 'null', '(not set)', '{{utm_source}}', '%utm_source%'])(
    'with %s in its campaign fields came without a campaign',
    (value) => {
      const fields = { email, utm_source: value, utm_medium: value, utm_campaign: value };
      expect(activityOf(fields)).toMatchObject({ channel: 'direct' });
      expect(activityOf(fields).campaign).toBeUndefined();
    },
  );

  it('has the campaign of the filled one of two hidden fields', () => {
    expect(activityOf({ email, utm_campaign: ['spring', ''] }).campaign).toEqual({ name: 'spring' });
    expect(activityOf({ email, utm_campaign: ['spring', 'undefined'] }).campaign).toEqual({ name: 'spring' });
  });

  it.each([
    'WordPress/6.7.1; https://www.engines.example',
    'Zapier',
    'Tally Webhooks',
    'IFTTT-Protocol/v1',
    'SFDC-Callout/60.0',
    'Amazon/EventBridge/ApiDestinations',
    'com.engines.app/3 (Linux; U; Android 14) okhttp/4.12',
    'Typeform Webhooks',
    'n8n',
    'Make/production',
  ])('that %s passed on is not a robot’s', (userAgent) => {
    const isBot = () => true;
    expect(activityOf({ email }, {}, requestContext({ userAgent, isBot })).bot).toBe(false);
  });

  it('keeps an answer about consent that is not understood', () => {
    const activity = activityOf({ email, newsletter: 'weekly' });
    expect(activity.marketingConsent).toBeUndefined();
    expect(activity.properties).toEqual({ newsletter: 'weekly' });
  });

  it('names the answers about consent that were not understood', () => {
    expect(fill({ email, newsletter: 'weekly' }).unclearConsent).toEqual(['newsletter']);
    expect(fill({ email, newsletter: 'on' }).unclearConsent).toEqual([]);
  });

  it("with a filled hidden field is a bot's", () => {
    expect(activityOf({ email, _gotcha: 'buy now' }).bot).toBe(true);
    expect(activityOf({ email, _gotcha: '', honeypot: [''] }).bot).toBe(false);
    expect(activityOf({ email }, {}, requestContext({ userAgent: 'EvilBot/1' })).bot).toBe(true);
  });

  it('has no consent without the field, and a refusal when it is refused', () => {
    expect(activityOf({ email }).marketingConsent).toBeUndefined();
    expect(activityOf({ email, optIn: 'no' }).marketingConsent).toBe(false);
  });

  it.each([
    [{}, '/email'],
    [{ name: 'Ada' }, '/email'],
    [{ 'e-mail': 'ada at engines' }, '/e-mail'],
    [{ 'work/email': 'x', userId: 'u' }, '/work~1email'],
    [{ workEmail: 'x', userId: 'u' }, '/workEmail'],
    [{ email, messageId: 'x'.repeat(300) }, '/messageId'],
    [{ email, userId: 'x'.repeat(300) }, '/userId'],
    [{ anonymousId: 'a-1' }, undefined],
  ])('of %j is refused at %s', (fields, pointer) => {
    const tried = () => fill(fields);
    if (pointer === undefined) expect(tried).not.toThrow();
    else expect(tried).toThrow(expect.objectContaining({ pointer }));
  });

  it('with any content is either refused or valid by the contract', () => {
    const fields = fc.dictionary(
      fc.oneof(
        fc.constantFrom(
          'email',
          'userId',
          '_id',
          'utm_source',
          'company',
          'referrer',
          'newsletter',
          '__proto__',
        ),
        fc.string(),
      ),
      fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 1 }), fc.constant(email)),
    );
    fc.assert(
      fc.property(fields, (some) => {
        try {
          const activity = activityOf(some);
          encode(ActivityRecorded, JSON.parse(JSON.stringify(activity)));
        } catch (fault) {
          if (!(fault instanceof InvalidMessage)) throw fault;
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('the redirect of a form', () => {
  const form = {
    redirectTo: 'https://www.engines.example/thanks',
    allowedRedirects: ['shop.engines.example'],
  };

  it.each([
    [undefined, 'https://www.engines.example/thanks'],
    ['https://shop.engines.example/hello', 'https://shop.engines.example/hello'],
    ['https://www.engines.example/other', 'https://www.engines.example/other'],
    ['https://evil.example/', 'https://www.engines.example/thanks'],
    ['https://shop.engines.example:8443/', 'https://www.engines.example/thanks'],
    ['https://shop.engines.example@evil.example/', 'https://www.engines.example/thanks'],
    ['https://user@shop.engines.example/', 'https://www.engines.example/thanks'],
    ['https:\\\\evil.example', 'https://www.engines.example/thanks'],
    ['//evil.example/', 'https://www.engines.example/thanks'],
    ['javascript:alert(1)//shop.engines.example', 'https://www.engines.example/thanks'],
    ['/thanks', 'https://www.engines.example/thanks'],
  ])('asked for %s it is %s', (asked, target) => {
    expect(redirectOf(asked, form)).toBe(target);
  });

  it('is none when the form has no default and requests a host that is not allowed', () => {
    expect(redirectOf('https://evil.example/', { redirectTo: null, allowedRedirects: [] })).toBeUndefined();
  });
});
