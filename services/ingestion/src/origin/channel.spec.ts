import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
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
    ['linkedin', 'post', 'organic-social'],
    ['LinkedIn Company Page', 'org-update', 'organic-social'],
    ['li', 'post', 'organic-social'],
    ['fb', '', 'organic-social'],
    ['ig', 'story', 'organic-social'],
    ['m.facebook.com', 'referral', 'organic-social'],
    ['youtube', 'description', 'organic-video'],
    ['newsletter.example', 'explainer-video', 'organic-video'],
    ['google', 'business-profile', 'organic-search'],
    ['www.google.co.uk', 'maps', 'organic-search'],
    ['amazon', 'listing', 'organic-shopping'],
    ['ebay.de', 'cpc', 'paid-shopping'],
    ['agency', 'paid-search', 'paid-search'],
    ['facebook_ads', '', 'paid-social'],
    ['google-ads', '(not set)', 'paid-search'],
    ['facebook', 'cpm', 'paid-social'],
    ['google', 'cross-network', 'cross-network'],
    ['yahoo', 'email', 'email'],
    ['amazon', 'affiliate', 'affiliates'],
    ['mailchimp', 'spring', 'email'],
    ['chatgpt.com', '', 'ai-assistant'],
    ['app', 'mobile_notification', 'push'],
    ['notgoogle', 'post', 'other'],
    ['google.example.evil.com', 'post', 'other'],
    ['partner.example', '', 'other'],
  ])('%s / %s is %s', (source, medium, channel) => {
    expect(channelOf({ campaign: { source, medium } })).toBe(channel);
  });

  it.each([
    ['Spring Shopping Days', 'paid-shopping'],
    ['e-shop', 'paid-shopping'],
    ['workshop', 'paid-search'],
    ['Pmax Cross-Network', 'cross-network'],
  ])('named %s is %s when it was paid for', (name, channel) => {
    expect(channelOf({ campaign: { name, source: 'google', medium: 'cpc' } })).toBe(channel);
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
    ['nonsense', 'direct'],
    ['https://www.google.co.uk/search?q=engines', 'organic-search'],
    ['https://www.google.com.br/', 'organic-search'],
    ['https://GOOGLE.com./', 'organic-search'],
    ['https://images.google.de/', 'organic-search'],
    ['https://uk.search.yahoo.com/', 'organic-search'],
    ['https://search.brave.com/', 'organic-search'],
    ['https://t.co/abc', 'organic-social'],
    ['https://www.linkedin.com/feed', 'organic-social'],
    ['https://l.facebook.com/l.php?u=x', 'organic-social'],
    ['https://user:secret@www.reddit.com:443/r/engines', 'organic-social'],
    ['https://youtu.be/1', 'organic-video'],
    ['https://www.amazon.co.jp/', 'organic-shopping'],
    ['https://chatgpt.com/', 'ai-assistant'],
    ['https://www.perplexity.ai/search', 'ai-assistant'],
    ['https://gemini.google.com/app', 'ai-assistant'],
    ['https://blog.partner.example/engines', 'referral'],
    ['//partner.example/engines', 'referral'],
    ['http://10.0.0.7/wiki', 'referral'],
  ])('from %s is %s', (referrer, channel) => {
    expect(channelOf({ referrer, pageUrl })).toBe(channel);
  });

  it.each([
    ['https://mail.google.com/mail/u/0/', 'email'],
    ['https://outlook.office.com/', 'email'],
    ['https://webmail.customer.example/', 'email'],
    ['https://eur03.safelinks.protection.outlook.com/?url=x', 'email'],
    ['https://docs.google.com/document/d/1', 'referral'],
    ['https://drive.google.com/', 'referral'],
    ['https://finance.yahoo.com/', 'referral'],
    ['https://aws.amazon.com/marketplace', 'referral'],
  ])('from %s, another product of a known company, is %s', (referrer, channel) => {
    expect(channelOf({ referrer, pageUrl })).toBe(channel);
  });

  it.each([
    'https://accounts.google.com/',
    'https://accounts.google.de/',
    'https://login.microsoftonline.com/common/oauth2',
    'https://appleid.apple.com/auth/authorize',
    'https://customer.okta.com/login',
    'https://sso.customer.example/',
    'https://www.paypal.com/checkoutnow',
    'https://checkout.stripe.com/c/pay',
    'https://pay.google.com/',
  ])('from %s is direct: a login or a payment is no origin', (referrer) => {
    expect(channelOf({ referrer, pageUrl })).toBe('direct');
    expect(channelOf({ referrer, pageUrl, campaign: { name: 'spring' } })).toBe('other');
  });

  it.each([
    ['com.google.android.gm', 'email'],
    ['com.microsoft.office.outlook', 'email'],
    ['com.google.android.googlequicksearchbox', 'organic-search'],
    ['com.google.android.youtube', 'organic-video'],
    ['com.linkedin.android', 'organic-social'],
    ['com.facebook.katana', 'organic-social'],
    ['com.Slack', 'organic-social'],
    ['com.openai.chatgpt', 'ai-assistant'],
    ['com.example.reader', 'referral'],
  ])('from the Android app %s is %s', (app, channel) => {
    expect(channelOf({ referrer: `android-app://${app}/`, pageUrl })).toBe(channel);
    expect(channelOf({ referrer: `android-app://${app}/https/e.example/` })).toBe(channel);
  });

  it.each([
    'https://notgoogle.com/',
    'https://mygoogle.com/',
    'https://google.example.evil.com/',
    'https://google.com.evil.example/',
    'https://google.evil/',
    'https://google.github.io/',
    'https://google.shop/',
    'https://xlinkedin.com/',
    'https://linkedin-com.example/',
    'https://evil.example/?https://www.google.com/',
    'https://evil.example#@www.google.com/',
    'https://www.google.com@evil.example/',
  ])('from %s, which only looks like a known site, is a referral', (referrer) => {
    expect(channelOf({ referrer, pageUrl })).toBe('referral');
  });

  it.each([
    ['https://blog.engines.example/', 'https://app.engines.example/', 'direct'],
    ['https://engines.example/', 'https://www.engines.example/', 'direct'],
    ['http://ENGINES.example:8080/', 'https://shop.engines.example', 'direct'],
    ['https://blog.engines.co.uk/', 'https://app.engines.co.uk/', 'direct'],
    ['https://pumps.co.uk/', 'https://engines.co.uk/', 'referral'],
    ['https://m\u00fcller.example/', 'https://www.xn--mller-kva.example/', 'direct'],
    ['https://docs.one.github.io/', 'https://one.github.io/', 'direct'],
    ['https://one.github.io/', 'https://two.github.io/', 'referral'],
    ['https://one.vercel.app/', 'https://two.vercel.app/', 'referral'],
    ['https://evilengines.example/', 'https://engines.example/', 'referral'],
    ['http://localhost:3000/', 'http://localhost:4000/', 'direct'],
    ['http://10.0.0.7/', 'http://10.0.0.8/', 'referral'],
  ])('from %s on %s is %s', (referrer, page, channel) => {
    expect(channelOf({ referrer, pageUrl: page })).toBe(channel);
  });

  it.each([
    'about:blank',
    'chrome-extension://abc/popup.html',
    'file:///home/x',
    'javascript://x',
    'data:,//x',
  ])('from %s is direct', (referrer) => {
    expect(channelOf({ referrer, pageUrl })).toBe('direct');
  });

  it('of an e-mail provider is e-mail', () => {
    expect(channelOf({ name: 'Email Link Clicked' })).toBe('email');
  });

  it('of a campaign without a medium is not direct', () => {
    expect(channelOf({ campaign: { name: 'spring' } })).toBe('other');
  });
});

describe('the channel of a link with a click id', () => {
  it.each([
    ['gclid', 'paid-search'],
    ['gbraid', 'paid-search'],
    ['wbraid', 'paid-search'],
    ['msclkid', 'paid-search'],
    ['yclid', 'paid-search'],
    ['dclid', 'display'],
    ['fbclid', 'organic-social'],
    ['igshid', 'organic-social'],
    ['ttclid', 'paid-social'],
    ['li_fat_id', 'paid-social'],
    ['twclid', 'paid-social'],
    ['epik', 'paid-social'],
    ['ScCid', 'paid-social'],
    ['rdt_cid', 'paid-social'],
    ['irclickid', 'affiliates'],
    ['mc_cid', 'email'],
    ['srsltid', 'organic-search'],
    ['fbclid=x&gclid', 'paid-search'],
    ['utm_source=google&gclid', 'paid-search'],
    ['utm_source=facebook&utm_medium=cpc&fbclid', 'paid-social'],
    ['utm_source=newsletter&utm_medium=email&fbclid', 'email'],
  ])('%s is %s', (parameter, channel) => {
    const campaign = campaignInUrl(`https://www.engines.example/?a=1&${parameter}=abc`);
    expect(channelOf({ campaign })).toBe(channel);
  });
});

describe('any touch', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'https:',
      '//',
      'android-app://',
      '[',
      '%',
      '@',
      ':99999999',
      'xn--',
      '..',
      '\ud800',
      '\n',
      'google.',
      'ads',
    ),
    fc.string({ unit: 'binary' }),
    fc.webUrl(),
  );
  const address = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));

  it('has a channel, whatever its addresses and tags are', () => {
    fc.assert(
      fc.property(
        fc.record({
          pageUrl: fc.option(address, { nil: undefined }),
          referrer: fc.option(address, { nil: undefined }),
          campaign: fc.option(
            fc.record({ source: address, medium: address, name: address }, { requiredKeys: [] }),
            {
              nil: undefined,
            },
          ),
        }),
        (touch) => {
          expect(channelOf(touch)).toMatch(/^[a-z-]+$/);
        },
      ),
    );
  });

  it('from the same registrable domain is direct', () => {
    const label = fc.stringMatching(/^[a-z]{1,10}$/);
    fc.assert(
      fc.property(label, label, (one, other) => {
        const touch = {
          referrer: `https://${one}.engines.example/`,
          pageUrl: `http://${other}.engines.example`,
        };
        expect(channelOf(touch)).toBe('direct');
      }),
    );
  });

  it.each([
    ['a long host', `https://${'a.'.repeat(500_000)}example/`],
    ['a long scheme', `${'h'.repeat(1_000_000)}://www.google.com/`],
    ['dashes', '-'.repeat(1_000_000)],
    ['slashes', '/'.repeat(1_000_000)],
    ['a long path', `https://www.google.com/${'/?#'.repeat(300_000)}`],
  ])('of %s has a channel', (_, long) => {
    for (let time = 0; time < 200; time += 1)
      expect(channelOf({ referrer: long, pageUrl: long.slice(1) })).toMatch(
        /^(direct|referral|organic-search)$/,
      );
    expect(channelOf({ campaign: { source: long, medium: long, name: long } })).toMatch(
      /^(other|organic-search)$/,
    );
  });
});
