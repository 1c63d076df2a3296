import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allowedOriginIn, allowsPage, sendingPageOf } from './allowed-origin.js';

const SITE = 'https://www.engines.example';
const SUBDOMAINS = 'https://*.engines.example';

describe('an entry of the allowed origins', () => {
  it.each([
    [SITE, SITE],
    [' HTTPS://WWW.Engines.Example/ ', SITE],
    ['https://www.engines.example:443', SITE],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['https://10.0.0.1:8443', 'https://10.0.0.1:8443'],
    ['http://[::1]:80', 'http://[::1]'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['https://*.Bücher.example:8443', 'https://*.xn--bcher-kva.example:8443'],
    [SUBDOMAINS, SUBDOMAINS],
    ['https://*.shop.engines.co.uk', 'https://*.shop.engines.co.uk'],
    ['https://*.one.github.io', 'https://*.one.github.io'],
  ])('%j is kept as %s', (text, origin) => {
    expect(allowedOriginIn(text)).toBe(origin);
  });

  it.each([
    '',
    '*',
    'null',
    'www.engines.example',
    '//www.engines.example',
    'ftp://engines.example',
    'javascript://engines.example',
    'https://',
    'https://www.engines.example/shop',
    'https://www.engines.example?x',
    'https://ada@engines.example',
    'https://www.engines.example:99999',
    'https://*',
    'https://*.',
    'https://*.com',
    'https://*.co.uk',
    'https://*.github.io',
    'https://*.10.0.0.1',
    'https://*engines.example',
    'https://www.*.example',
    'https://*.*.engines.example',
    'https://%2A.com',
    'https://%2a.engines.example',
    'https://www.%2A.example',
    'https://a.example https://b.example',
  ])('%j is refused', (text) => {
    expect(allowedOriginIn(text)).toBeUndefined();
  });

  it('of any text is kept in a spelling that is kept as it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl(),
          fc.domain().map((host) => `https://*.${host}`),
          fc.string(),
        ),
        (text) => {
          const kept = allowedOriginIn(text);
          expect(kept === undefined || allowedOriginIn(kept) === kept).toBe(true);
        },
      ),
    );
  });
});

describe('the page of a request', () => {
  it.each([
    [{ origin: SITE }, { origin: SITE }],
    [{ origin: 'HTTPS://WWW.ENGINES.EXAMPLE:443' }, { origin: SITE }],
    [{ origin: SITE, referer: 'https://evil.example/' }, { origin: SITE }],
    [{ referer: `${SITE}/pricing?plan=team#top` }, { origin: SITE }],
    [{ origin: '', referer: `${SITE}/` }, { origin: SITE }],
    [{ origin: 'https://www.engines.example@evil.example' }, { origin: 'https://evil.example' }],
    [{ origin: 'null', referer: `${SITE}/` }, 'hidden'],
    [{ origin: 'file://', referer: `${SITE}/` }, 'hidden'],
    [{ origin: 'chrome-extension://abc' }, 'hidden'],
    [{ referer: 'about:blank' }, 'none'],
    [{ referer: 'no address' }, 'none'],
    [{}, 'none'],
  ])('with the headers %j is %j', (headers, page) => {
    expect(sendingPageOf(headers)).toEqual(page);
  });
});

describe('allowed origins', () => {
  const allows = (allowed: readonly string[], origin: string) =>
    allowsPage(allowed, sendingPageOf({ origin }));

  it.each([
    [SITE, SITE],
    [SITE, 'https://WWW.engines.example:443'],
    [SUBDOMAINS, SITE],
    [SUBDOMAINS, 'https://a.b.engines.example'],
    ['https://*.engines.example:8443', 'https://a.engines.example:8443'],
    ['https://xn--bcher-kva.example', 'https://bücher.example'],
  ])('%s allow %s', (entry, origin) => {
    expect(allows(['https://other.example', entry], origin)).toBe(true);
  });

  it.each([
    [SITE, 'http://www.engines.example'],
    [SITE, 'https://www.engines.example:8443'],
    [SITE, 'https://www.engines.example.evil.example'],
    [SITE, 'https://evil-www.engines.example'],
    [SUBDOMAINS, 'https://engines.example'],
    [SUBDOMAINS, 'https://evil-engines.example'],
    [SUBDOMAINS, 'https://.engines.example'],
    [SUBDOMAINS, 'https://www.engines.example.evil.example'],
    [SUBDOMAINS, 'http://www.engines.example'],
    [SUBDOMAINS, 'https://www.engines.example:8443'],
    ['https://*.engines.example:8443', 'https://www.engines.example'],
    [SUBDOMAINS, 'null'],
    [SITE, ''],
  ])('%s do not allow %s', (entry, origin) => {
    expect(allows([entry], origin)).toBe(false);
  });

  it.each([SITE, 'null', ''])('that are empty allow %j', (origin) => {
    expect(allows([], origin)).toBe(true);
  });

  it('of subdomains allow exactly the hosts that end with the domain and a dot before it', () => {
    const host = fc.oneof(
      fc.domain(),
      fc.domain().map((domain) => `${domain}.engines.example`),
      fc.domain().map((domain) => `${domain}-engines.example`),
      fc.domain().map((domain) => `${domain}engines.example`),
      fc.domain().map((domain) => `engines.example.${domain}`),
    );
    fc.assert(
      fc.property(host, (name) => {
        expect(allows([SUBDOMAINS], `https://${name}`)).toBe(/.\.engines\.example$/.test(name));
      }),
    );
  });
});
