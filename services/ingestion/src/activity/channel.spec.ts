import { describe, expect, it } from '@jest/globals';
import { campaignInUrl } from './campaign.js';
import { channelOf } from './channel.js';

describe('the channel of a tagged touch', () => {
  it.each([
    ['google', 'cpc', 'paid-search'],
    ['Bing', 'PPC', 'paid-search'],
    ['linkedin', 'cpc', 'paid-social'],
    ['linkedin', 'paid-social', 'paid-social'],
    ['agency', 'paidsocial', 'paid-social'],
    ['youtube', 'cpv-cpc', 'paid-video'],
    ['taboola', 'cpc', 'paid-other'],
    ['dv360', 'cpm', 'display'],
    ['partner.example', 'banner', 'display'],
    ['mailchimp', 'email', 'email'],
    ['newsletter', '', 'email'],
    ['facebook', 'social', 'organic-social'],
    ['facebook', '', 'organic-social'],
    ['google', 'organic', 'organic-search'],
    ['blog.example', 'referral', 'referral'],
    ['acme', 'affiliate', 'affiliates'],
    ['acme', 'partner', 'affiliates'],
    ['spotify', 'audio', 'audio'],
    ['twilio', 'sms', 'sms'],
    ['app', 'web-push', 'push'],
    ['(direct)', '(none)', 'direct'],
    ['trade-fair', 'qr-code', 'other'],
  ])('%s / %s is %s', (source, medium, channel) => {
    expect(channelOf({ campaign: { source, medium } })).toBe(channel);
  });

  it('outranks the referrer', () => {
    const campaign = { name: 'spring', source: 'newsletter', medium: 'email' };
    expect(channelOf({ campaign, referrer: 'https://www.google.com/' })).toBe('email');
  });
});

describe('the channel of an untagged touch', () => {
  const pageUrl = 'https://www.engines.example/pricing';
  it.each([
    [undefined, 'direct'],
    ['', 'direct'],
    ['https://engines.example/', 'direct'],
    ['https://www.google.co.uk/search?q=engines', 'organic-search'],
    ['https://search.brave.com/', 'organic-search'],
    ['https://mail.google.com/', 'email'],
    ['https://t.co/abc', 'organic-social'],
    ['https://www.linkedin.com/feed', 'organic-social'],
    ['https://youtu.be/1', 'organic-video'],
    ['https://blog.partner.example/engines', 'referral'],
    ['https://notgoogle.example/', 'referral'],
    ['nonsense', 'direct'],
  ])('from %s is %s', (referrer, channel) => {
    expect(channelOf({ referrer, pageUrl })).toBe(channel);
  });

  it('of an e-mail provider is e-mail', () => {
    expect(channelOf({ name: 'Email Link Clicked' })).toBe('email');
  });

  it('of an untagged ad click is paid search', () => {
    const campaign = campaignInUrl(`${pageUrl}?gclid=abc`);
    expect(channelOf({ campaign, pageUrl })).toBe('paid-search');
  });

  it('of a campaign without a medium is not direct', () => {
    expect(channelOf({ campaign: { name: 'spring' } })).toBe('other');
  });
});

describe('the campaign in an address', () => {
  it('is read from its query, not from its fragment', () => {
    expect(
      campaignInUrl('https://e.example/?utm_campaign=spring%20launch&utm_source=google#utm_medium=x'),
    ).toEqual({
      name: 'spring launch',
      source: 'google',
    });
    expect(campaignInUrl('https://e.example/#?utm_campaign=spring')).toBeUndefined();
    expect(campaignInUrl('https://e.example/?q=1')).toBeUndefined();
    expect(campaignInUrl(undefined)).toBeUndefined();
  });
});
