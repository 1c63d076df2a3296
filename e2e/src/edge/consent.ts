import { eventually } from '@baton/testing';
import { describe, expect, it } from '@jest/globals';
import { pairsOf, RICH, type Edge, type Fields } from './edge.js';

/** Boxes and questions that were answered with yes, as builders of many countries name and fill them. */
const AGREED: readonly Fields[] = [
  { newsletter: 'Yes, please send me news' },
  { newsletter: 'agree' },
  { 'newsletter[]': 'I agree to receive e-mails' },
  { newsletter: 'oui' },
  { newsletter: 'ja' },
  { newsletter: 'Yes, keep me posted. I can unsubscribe at any time. No spam!' },
  {
    newsletter:
      'Ja, ich möchte den Newsletter (jederzeit kündbar) erhalten und kann das jederzeit widerrufen.',
  },
  { newsletter: 'Sí, quiero recibir noticias en español' },
  { 'form_fields[newsletter]': 'Sì, iscrivimi alla newsletter' },
  { 'newsletter-anmeldung': 'Ja, gerne' },
  { 'Subscribe to our newsletter': '1' },
  { 'S’abonner à la newsletter': 'on' },
  { marketing_consent: 'はい' },
  { 'consent[marketing]': 'granted' },
  { optin: 'Да, хочу получать новости' },
  { 'opt-in': '☑' },
  [
    ['newsletter', '0'],
    ['newsletter', '1'],
  ],
];

/** Answers that say no. */
const REFUSED: readonly Fields[] = [
  { newsletter: 'No, thanks' },
  { newsletter: 'Nein, danke' },
  { newsletter: 'Je préfère ne pas' },
  { newsletter: 'Please remove me' },
  { newsletter: "Don't email me, I can still sign up at any time" },
  { newsletter: 'いいえ' },
  { newsletter: 'Nu, mulțumesc' },
  { newsletter_opt_out: 'on' },
  { 'Please do not send me the newsletter': 'on' },
  { newsletter: 'on', do_not_contact: 'yes' },
  [
    ['newsletter', '1'],
    ['newsletter', '0'],
  ],
];

/** Answers that agree to nothing, or to something else. */
const UNDECIDED: readonly Fields[] = [
  { newsletter: 'weekly' },
  { newsletter: 'Maybe later' },
  { newsletter: 'I agree to the privacy policy' },
  { terms: 'on', privacy: 'I agree' },
  {},
];

type Withdrawal = (edge: Edge, email: string) => Promise<unknown>;
const event =
  (name: string): Withdrawal =>
  (edge, email) =>
    edge.segment('track', { userId: email, event: name });
const trait =
  (name: string, value: unknown): Withdrawal =>
  (edge, email) =>
    edge.segment('identify', { userId: email, traits: { [name]: value } });
const WITHDRAWALS: readonly (readonly [string, Withdrawal])[] = [
  ...[
    'Unsubscribed',
    'Email Unsubscribed',
    'Email Marked as Spam',
    'group_unsubscribe',
    'SpamComplaint',
    'email.complained',
    'Newsletter abgemeldet',
    'Marketing Consent Withdrawn',
  ].map((name) => [`the event ${name}`, event(name)] as const),
  ...(
    [
      ['unsubscribed', true],
      ['hs_email_optout', 'true'],
      ['HasOptedOutOfEmail', 1],
      ['newsletter', false],
      ['email_subscribe', 'unsubscribed'],
    ] as const
  ).map(([name, value]) => [`the trait ${name}: ${value}`, trait(name, value)] as const),
  [
    'the consent of the context',
    (edge, email) =>
      edge.segment('page', {
        userId: email,
        context: { consent: { categoryPreferences: { Marketing: false } } },
      }),
  ],
  ['a form with an opt-out', (edge, email) => edge.submit({ email, unsubscribe: 'on' })],
];

export const consentTests = (edge: Edge): void => {
  const sent = async (answer: Fields): Promise<string> => {
    const email = edge.email('bea');
    const pairs = pairsOf(answer);
    expect((await edge.submit([['email', email], ...Object.entries(RICH), ...pairs])).status).toBe(200);
    return email;
  };

  it.each(AGREED.map((answer) => [answer]))('%j agrees to marketing', async (answer) => {
    await edge.expectHandedOver(await sent(answer));
  });

  it.each(REFUSED.map((answer) => [answer]))('%j refuses it', async (answer) => {
    await edge.expectNotHandedOver(await sent(answer));
  });

  it.each(UNDECIDED.map((answer) => [answer]))('%j does not agree to it', async (answer) => {
    await edge.expectNotHandedOver(await sent(answer));
  });

  it('an answer that is not understood is named to the owner of the form', async () => {
    const email = await sent({ newsletter: 'weekly' });
    await eventually(async () => {
      const { body } = await edge.admin.get('/api/sources/website/requests');
      const request = body.find(({ entries }: any) => JSON.stringify(entries).includes(email));
      expect(request?.entries[0].notes).toEqual([expect.stringContaining('"newsletter"')]);
    });
  });

  describe('a qualified lead', () => {
    const qualified = async (): Promise<string> => {
      const email = await sent({ newsletter: 'on' });
      await edge.expectHandedOver(email);
      return email;
    };

    it.each(WITHDRAWALS)('is none any more after %s', async (_, withdraw) => {
      const email = await qualified();
      await withdraw(edge, email);
      await edge.leadWhen(email, ({ stage }) => expect(stage).toBe('lead'));
    });

    it('agrees again with the next form', async () => {
      const email = await qualified();
      await event('Unsubscribed')(edge, email);
      await edge.leadWhen(email, ({ stage }) => expect(stage).toBe('lead'));
      await edge.submit({ email, marketing_consent: 'yes', ...RICH });
      await edge.leadWhen(email, ({ stage }) => expect(stage).toBe('mql'));
    });

    it.each<[string, Fields]>([
      ['without the box', { message: 'Hello' }],
      ['with an answer that says nothing', { newsletter: 'weekly' }],
      ['with a withdrawal that was not ticked', { unsubscribe: '0' }],
    ])('stays one after another form %s', async (_, fields) => {
      const email = await qualified();
      await edge.submit([['email', email], ...pairsOf(fields)]);
      await edge.caughtUp();
      expect((await edge.leadOf(email)).stage).toBe('mql');
    });

    it('stays one after an unsubscription from before the agreement', async () => {
      const email = await qualified();
      const timestamp = new Date(Date.now() - 86_400_000).toISOString();
      await edge.segment('track', { userId: email, event: 'Unsubscribed', timestamp });
      await edge.caughtUp();
      expect((await edge.leadOf(email)).stage).toBe('mql');
    });
  });
};
