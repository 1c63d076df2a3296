import { describe, expect, it } from '@jest/globals';
import { emailTraitsOf } from '../activity/email-traits.js';
import { accountDomainOf } from './account-domain.js';

const accountOf = (domain: string): string | null => accountDomainOf({ ...emailTraitsOf(`ada@${domain}`) });

describe('the account of an address', () => {
  it.each<[string, string]>([
    ['engines.example', 'engines.example'],
    ['mail.engines.example', 'engines.example'],
    ['emea.sales.engines.co.uk', 'engines.co.uk'],
    ['engines.com.ar', 'engines.com.ar'],
    ['berlin.engines.de', 'engines.de'],
    ['engines.uk.com', 'engines.uk.com'],
    ['mail.engines.uk.com', 'engines.uk.com'],
    ['engines.github.io', 'engines.github.io'],
    // The host itself is a company, too.
    ['github.io', 'github.io'],
    ['xn--zrich-kva.example', 'xn--zrich-kva.example'],
  ])('at %s is %s', (domain, account) => expect(accountOf(domain)).toBe(account));

  it.each([
    ...['gmail.com', 'mail.gmail.com', 'yahoo.co.jp', 'gmx.ch'],
    ...['mailinator.com', 'a.b.yopmail.com'],
    ...['mit.edu', 'cs.ox.ac.uk'],
    ...['com', 'co.uk', 'localhost', '[192.0.2.1]', '192.0.2.1', ''],
  ])('at “%s” does not exist', (domain) => expect(accountOf(domain)).toBeNull());

  it('does not exist without an address', () => {
    for (const traits of [{}, { emailDomain: 'engines.example' }, { emailKind: 'business' }])
      expect(accountDomainOf(traits)).toBeNull();
    expect(accountDomainOf({ emailKind: 'business', emailDomain: 7 })).toBeNull();
  });

  it('is its own account: folding twice changes nothing', () => {
    for (const domain of ['a.b.engines.co.uk', 'engines.uk.com', 'x.github.io', 'engines.example'])
      expect(accountOf(accountOf(domain)!)).toBe(accountOf(domain));
  });
});
