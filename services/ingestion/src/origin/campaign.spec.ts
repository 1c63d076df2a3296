import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { campaignInFields, campaignInUrl, campaignOf, campaignWith } from './campaign.js';

const PAGE = 'https://www.engines.example/pricing';
const SPRING = { name: 'spring', source: 'google' };

describe('the campaign in an address', () => {
  it.each([
    ['?utm_campaign=spring&utm_source=google'],
    ['?UTM_CAMPAIGN=spring&Utm_Source=google'],
    ['?utm_campaign=spring&amp;utm_source=google'],
    ['?utm_campaign=spring&amp%3Butm_source=google'],
    ['?page=2?utm_campaign=spring&utm_source=google'],
    ['?utm_campaign=spring?utm_source=google'],
    ['?utm%5Fcampaign=spring&utm%5fsource=google'],
    ['#utm_campaign=spring&utm_source=google'],
    ['#/products?utm_campaign=spring&utm_source=google'],
    ['#!/products/?id=7&utm_campaign=spring&utm_source=google'],
    ['?utm_campaign=spring#utm_source=google'],
    ['?utm_campaign=spring&utm_source=google#?utm_campaign=autumn'],
    ['?utm_campaign=&utm_campaign=spring&utm_source=google&utm_source='],
    ['?utm_campaign=spring&utm_campaign=autumn&utm_source=google&utm_term'],
    ['?utm_campaign=undefined&utm_campaign=spring&utm_source=google'],
    ['?utm_campaign=%20spring%0A&utm_source=google&utm_medium=%7B%7Bmedium%7D%7D'],
  ])('is read from %s', (query) => {
    expect(campaignInUrl(PAGE + query)).toEqual(SPRING);
    expect(campaignInUrl(query)).toEqual(SPRING);
  });

  it.each([
    ['spring+launch', 'spring launch'],
    ['spring%20launch', 'spring launch'],
    ['spring%2520launch', 'spring launch'],
    ['C%2B%2B', 'C++'],
    ['20%25%20off', '20% off'],
    ['20%+off', '20% off'],
    ['20%%20off', '20% off'],
    ['Fr%C3%BChling', 'Fr\u00fchling'],
    ['Fr%FChling', 'Fr%FChling'],
    ['why?', 'why?'],
    ['a%00b', 'a b'],
    ['a=b', 'a=b'],
  ])('called %s is %s', (written, name) => {
    expect(campaignInUrl(`${PAGE}?utm_campaign=${written}`)).toEqual({ name });
  });

  it.each([
    '',
    '?q=1',
    '?q=utm_source',
    '?utm_source=',
    '?utm_source=null&gclid=',
    '?my_utm_source=x',
    '?xgclid=1',
    '#top',
  ])('is absent in %s', (query) => {
    expect(campaignInUrl(PAGE + query)).toBeUndefined();
  });

  it('is completed by a click id, which says that a tagged source was paid', () => {
    expect(campaignInUrl(`${PAGE}?utm_campaign=spring&gclid=x`)).toEqual({ ...SPRING, medium: 'cpc' });
    expect(campaignInUrl(`${PAGE}?utm_source=brand&gclid=x`)).toEqual({ source: 'brand', medium: 'cpc' });
    expect(campaignInUrl(`${PAGE}?utm_source=newsletter&fbclid=x`)).toEqual({ source: 'newsletter' });
    expect(campaignInUrl(`${PAGE}?utm_medium=email&gclid=x`)).toEqual({ medium: 'email' });
  });

  it('is read without an error from any text', () => {
    const piece = fc.oneof(
      fc.constantFrom('?', '&', '#', 'utm_source', '=', '%', '%E2%28', 'gclid', '{{', '\ud800'),
      fc.string(),
    );
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join('')),
        (url) => {
          for (const part of Object.values(campaignInUrl(url) ?? { name: 'none' })) {
            expect(part).toMatch(/^\S(.*\S)?$/su);
            expect(part.length).toBeLessThanOrEqual(256);
          }
        },
      ),
    );
  });

  it('survives encoding, once and twice', () => {
    const name = fc.stringMatching(/^[a-zA-Z\u00e0-\u00ff][a-z +&#?=\u00e0-\u00ff]{0,20}[a-z]ing$/);
    fc.assert(
      fc.property(name, (text) => {
        const once = encodeURIComponent(text);
        for (const written of [once, encodeURIComponent(once)])
          expect(campaignInUrl(`${PAGE}?utm_campaign=${written}`)).toEqual({ name: text });
      }),
    );
  });

  it.each(['&utm_source=%', '?utm_', '%25', '&amp;', '{'])(
    'is read in time linear to a long address of %s',
    (piece) => {
      const long = `${PAGE}?utm_campaign=${piece.repeat(500_000)}`;
      for (let time = 0; time < 200; time += 1) campaignInUrl(long);
    },
  );
});

describe('a placeholder', () => {
  it.each([
    'undefined',
    'NULL',
    'None',
    '(not set)',
    '(none)',
    '[object Object]',
    '{{utm_source}}',
    '{{ campaign.name }}',
    '{{ campaign.name | escape }}',
    '{campaign}',
    '${campaign}',
    '%%CAMPAIGN%%',
    '%CAMPAIGN%',
    '%7Bcampaign%7D',
    '[campaign]',
    '<campaign>',
    '<%= campaign %>',
    '__CAMPAIGN_NAME__',
    '*|CAMPAIGN|*',
    ' ',
    null,
    true,
    {},
    [],
    ['undefined', ''],
  ])('such as %j is no campaign', (value) => {
    expect(campaignInFields({ utm_campaign: value, utm_source: value })).toBeUndefined();
    expect(campaignOf({ name: value, medium: value })).toBeUndefined();
  });

  it.each([
    '[DE] Spring 2026',
    '[DE] Spring [2026]',
    '20% off',
    '100%',
    '{brand} sale',
    '{brand} {season}',
    '{{brand}} and {{season}}',
    '<3 engines',
    'null and void',
    'undefined behaviour',
    '[Spring Sale]',
    '%%',
    '{}',
    '2026',
  ])('is not %s', (name) => {
    expect(campaignInFields({ utm_campaign: name })).toEqual({ name });
    expect(campaignInUrl(`${PAGE}?utm_campaign=${encodeURIComponent(name)}`)).toEqual({ name });
  });
});

describe('the campaign in fields', () => {
  it('is read from tags in any case, from lists and numbers', () => {
    expect(
      campaignInFields({ UTM_CAMPAIGN: 2026, Utm_Source: ['google', ''], utm_medium: 'undefined' }),
    ).toEqual({
      name: '2026',
      source: 'google',
    });
    expect(campaignInFields({ GCLID: 'x' })).toEqual({ source: 'google', medium: 'cpc' });
    expect(campaignInFields({ email: 'nia@engines.example' })).toBeUndefined();
  });

  it('is that of the context by its names, with or without utm_', () => {
    expect(campaignOf({ name: 'spring', utm_source: 'google' })).toEqual(SPRING);
    expect(campaignOf({ name: '(direct)' })).toBeUndefined();
  });

  it('is completed from an address only if it has neither source nor medium', () => {
    const tagged = `${PAGE}?utm_source=google&utm_campaign=autumn`;
    expect(campaignWith({ name: 'spring' }, undefined, PAGE, tagged)).toEqual(SPRING);
    expect(campaignWith({ medium: 'email' }, tagged)).toEqual({ medium: 'email' });
    expect(campaignWith(undefined, 7, PAGE)).toBeUndefined();
  });
});
