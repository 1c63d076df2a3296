import { describe, expect, it } from '@jest/globals';
import { emailTraitsOf } from './email-traits.js';

describe('an address', () => {
  it.each<[string, string]>([
    ['engines.example', 'business'],
    ['example.com', 'business'],
    ['fac.example', 'business'],
    ['edu.example', 'business'],
    ['startup.ac', 'business'],
    ['engines.com.ar', 'business'],
    ['mail.gmail.com.engines.example', 'business'],
    ['engines-mailinator.com', 'business'],
    ['com', 'business'],
    ['gmail.com', 'free'],
    ['yahoo.co.jp', 'free'],
    ['gmx.ch', 'free'],
    ['posteo.de', 'free'],
    ['ukr.net', 'free'],
    ['sapo.pt', 'free'],
    ['foxmail.com', 'free'],
    ['mailinator.com', 'disposable'],
    ['sub.mailinator.com', 'disposable'],
    ['a.b.c.yopmail.com', 'disposable'],
    ['10minutemail.com', 'disposable'],
    ['guerrillamail.com', 'disposable'],
    ['imail.edu.vn', 'disposable'],
    ['mit.edu', 'education'],
    ['cs.mit.edu', 'education'],
    ['ox.ac.uk', 'education'],
    ['live.mdx.ac.uk', 'education'],
    ['nus.edu.sg', 'education'],
    ['u-tokyo.ac.jp', 'education'],
  ])('at %s is %s', (emailDomain, emailKind) => {
    expect(emailTraitsOf(`ada@${emailDomain}`)).toMatchObject({ emailDomain, emailKind });
  });

  it.each([
    ...['info', 'sales', 'noreply', 'no-reply', 'support', 'kontakt', 'contacto', 'office', 'webmaster'],
    ...['info+spring', 'accounts'],
  ])('%s@ is of a role', (mailbox) => {
    expect(emailTraitsOf(`${mailbox}@engines.example`).emailRole).toBe(true);
  });

  it.each(['ada', 'ada.king', 'paris', 'alexa', 'infoada', 'ada+info', 'salesman.ada', 'constructor'])(
    '%s@ is of a person',
    (mailbox) => expect(emailTraitsOf(`${mailbox}@engines.example`).emailRole).toBe(false),
  );
});
