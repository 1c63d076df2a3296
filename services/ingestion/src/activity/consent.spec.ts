import { describe, expect, it } from '@jest/globals';
import { consentIn, consentInContext, isWithdrawal, unclearConsentIn } from './consent.js';

describe('an answer to a box or question', () => {
  it.each([
    ...['on', 'yes', '1', 'TRUE', 'x', 'agree', 'I agree to receive e-mails', 'Yes, please send me news'],
    ...[
      'oui',
      'J’accepte',
      "d'accord",
      'ja',
      'Ja, gerne',
      'Ich stimme zu',
      'Einverstanden',
      'sí',
      'Sì, accetto',
    ],
    ...[
      'Monthly newsletter',
      'News and offers',
      'Ich möchte den Newsletter erhalten',
      'Recevoir les actualités',
    ],
    ...[
      'I agree to the privacy policy and to receive the newsletter',
      'Nieuwsbrief',
      'Quiero recibir noticias',
    ],
    ...['Yes, send me news. No spam, ever.', 'I agree to e-mails and can unsubscribe at any time'],
    ...['Newsletter abonnieren (kann ich jederzeit widerrufen)', "Don't miss our newsletter"],
    ...['Sí, quiero recibir noticias en español', 'Ja, nu de nieuwsbrief', 'News ab Mai', '☑'],
    ...['はい', '同意します', '동의합니다', 'Согласен', 'Evet', 'Sign me up!', 'Keep me posted'],
    ...['Acepto', 'Sim', 'Akkoord', 'Tak', 'Zgadzam się', 'Ano', 'Да', 'ｙｅｓ', 'Subscribe me', 'opt-in'],
  ])('%p gives consent', (value) => {
    expect(consentIn({ newsletter: value })).toBe(true);
  });

  it.each([
    ...['いいえ', '同意しない', '不同意', '아니요', 'Hayır', 'Nu, mulțumesc', 'Ne, hvala', 'Opt me out'],
    ...['Please remove me', 'No, unsubscribe me', 'No spam and no newsletter', '✗', 'Mai'],
    ...[
      'off',
      'no',
      '0',
      'False',
      'No, thanks',
      'No thank you',
      'I do not agree',
      "Please don't send me mail",
    ],
    ...[
      'I DON’T want e-mails',
      'Yes, but no calls',
      'Never',
      'opt out',
      'Opted-out',
      'unsubscribe',
      'I decline',
    ],
    ...[
      'Nein, danke',
      'Ich stimme nicht zu',
      'Keine Werbung bitte',
      'Non merci',
      "Je n'accepte pas",
      'No, gracias',
    ],
    ...[
      'Não, obrigado',
      'Nee, bedankt',
      'Nej tack',
      'Nie, dziękuję',
      'Ne, děkuji',
      'Нет',
      'Όχι',
      'Ei kiitos',
    ],
  ])('%p refuses it', (value) => {
    expect(consentIn({ newsletter: value })).toBe(false);
  });

  it.each([
    ...[
      'Maybe later',
      'Ask me later',
      'Only essential e-mails',
      'Vielleicht später',
      'Peut-être',
      'Solo lo necesario',
    ],
    ...['I agree to the privacy policy', 'Ich akzeptiere die AGB', "J'accepte les CGU", 'Accept terms'],
  ])('%p is no agreement to marketing', (value) => {
    expect(consentIn({ newsletter: value })).toBeUndefined();
    expect(unclearConsentIn({ newsletter: value, email: 'ada@engines.example' })).toEqual(['newsletter']);
  });

  it.each(['', '  ', 'maybe', 'weekly', 'Contact sales', '42', null, undefined, 7, {}, [], ['']])(
    '%p says nothing that is understood',
    (value) => {
      expect(consentIn({ newsletter: value })).toBeUndefined();
    },
  );

  it.each([
    [['0', '1'], true],
    [['', 'on'], true],
    [['on', ''], true],
    [['1', '0'], false],
    [['No, thanks', 'on'], false],
  ])('with a twin, %p, is %p', (values, answer) => {
    expect(consentIn({ newsletter: values })).toBe(answer);
  });
});

describe('consent in fields', () => {
  it.each([
    [{ marketing_consent: 'yes' }, true],
    [{ 'opt-in': 'on' }, true],
    [{ 'Newsletter opt-in': 'on' }, true],
    [{ 'form_fields[newsletter]': 'on' }, true],
    [{ 'lead.marketing_consent': 'no' }, false],
    [{ 'Subscribe to our newsletter': 'true' }, true],
    [{ 'Keep me updated': 'on' }, true],
    [{ 'wpforms[unsubscribe]': '1' }, false],
    [{ newsletter_opt_out: 'on' }, false],
    [{ 'Please do not send me the newsletter': 'on' }, false],
    [{ 'Keinen Newsletter senden': '1' }, false],
    [{ hs_email_optout: true }, false],
    [{ 'consent[marketing]': '1' }, true],
    [{ 'interest[marketing]': '1' }, undefined],
    [{ 'Nordic newsletter': 'on' }, true],
    [{ agree_to_marketing: 'yes' }, true],
    [{ 'Email Marketing Consent': 'UNSUBSCRIBED' }, false],
    [{ 'legalConsentOptions[consent][communications][0][value]': true }, true],
    [{ privacy: 'on', terms: 'I agree' }, undefined],
    [{ marketing_budget: 'yes' }, undefined],
    [{ name: 'yes' }, undefined],
    [{ consent: 'on', marketingConsent: 'no' }, false],
    [{ marketingConsent: 'no', consent: 'on' }, false],
    [{ marketingConsent: 'weekly', consent: 'on' }, true],
    [{ unsubscribed: true }, false],
    [{ unsubscribed: false }, undefined],
    [{ newsletter: 'on', do_not_contact: 'yes' }, false],
    [{ do_not_contact: 'yes', newsletter: 'on' }, false],
    [{ HasOptedOutOfEmail: 'true' }, false],
    [{ email_opt_out: '0' }, undefined],
  ])('of %j is %p', (fields, answer) => {
    expect(consentIn(fields)).toBe(answer);
  });

  it("is read from Segment's categories", () => {
    expect(consentInContext({ consent: { categoryPreferences: { Marketing: true } } })).toBe(true);
    expect(consentInContext({ consent: { categoryPreferences: { Marketing: false } } })).toBe(false);
    expect(consentInContext({ consent: { categoryPreferences: { Functional: true } } })).toBeUndefined();
    expect(consentInContext({ consent: 'yes' })).toBeUndefined();
  });
});

describe('an event', () => {
  it.each([
    ...[
      'Unsubscribed',
      'Email Unsubscribed',
      'email_unsubscribe',
      'User Opted Out',
      'Opt-out',
      'SpamComplaint',
    ],
    ...[
      'Newsletter abgemeldet',
      'Désinscription',
      'Marketing Consent Withdrawn',
      'unsub',
      'email.complained',
    ],
    ...['Email Marked as Spam', 'Reported as spam', 'Spam Report', 'Do Not Contact', 'emailUnsubscribed'],
  ])('%s withdraws consent', (event) => {
    expect(isWithdrawal(event)).toBe(true);
  });

  it.each([
    'Subscribed',
    'Opted In',
    'Email Opened',
    'Signed Up',
    'Read: why people subscribe',
    'Contact Sales',
    'Complaint Ticket Opened',
    'Unsubscribe Cancelled',
    'Webinar: why customers unsubscribe',
  ])('%s does not', (event) => {
    expect(isWithdrawal(event)).toBe(false);
  });
});
