import { eventually } from '@baton/testing';
import { describe, expect, it } from '@jest/globals';
import type { Edge } from './edge.js';

const PAGE = 'https://www.engines.example/';

/** Where a visit came from, and its channel. */
const REFERRERS: readonly (readonly [string, string])[] = [
  ['https://accounts.google.com/', 'direct'],
  ['https://login.microsoftonline.com/common/oauth2', 'direct'],
  ['https://engines.okta.com/', 'direct'],
  ['https://checkout.stripe.com/', 'direct'],
  ['https://app.engines.example/login', 'direct'],
  ['https://blog.engines.example/post', 'direct'],
  ['https://docs.google.com/', 'referral'],
  ['https://drive.google.com/', 'referral'],
  ['https://partner.example/engines', 'referral'],
  ['android-app://com.google.android.gm/', 'email'],
  ['https://mail.google.com/', 'email'],
  ['https://outlook.live.com/', 'email'],
  ['https://webmail.provider.example/', 'email'],
  ['android-app://com.linkedin.android/', 'organic-social'],
  ['https://lm.facebook.com/', 'organic-social'],
  ['https://t.co/abc', 'organic-social'],
  ['android-app://com.slack/', 'organic-social'],
  ['android-app://com.google.android.googlequicksearchbox/', 'organic-search'],
  ['https://www.google.co.uk/', 'organic-search'],
  ['https://search.yahoo.co.jp/', 'organic-search'],
  ['https://duckduckgo.com', 'organic-search'],
  ['https://www.youtube.com/', 'organic-video'],
  ['https://chatgpt.com/', 'ai-assistant'],
  ['https://gemini.google.com/', 'ai-assistant'],
  ['https://google.com.evil.example/', 'referral'],
  ['about:blank', 'direct'],
];

/** Source and medium of a tagged link, and its channel. */
const TAGS: readonly (readonly [string, string, string])[] = [
  ['linkedin', 'post', 'organic-social'],
  ['youtube', 'description', 'organic-video'],
  ['google', 'business-profile', 'organic-search'],
  ['newsletter.example', 'explainer-video', 'organic-video'],
  ['instagram', 'bio', 'organic-social'],
  ['www.xing.com', 'article', 'organic-social'],
  ['LinkedIn', 'Sponsored_CPC', 'paid-social'],
  ['bing', 'cpc', 'paid-search'],
  ['hs_email', 'email', 'email'],
  ['chatgpt.com', 'referral', 'ai-assistant'],
  ['vimeo', 'embed', 'organic-video'],
  ['partner', 'webinar', 'other'],
];

/** What scripts write into hidden fields and links for a missing value. */
const MISSING = [
  'undefined',
  'null',
  '(not set)',
  '{{utm_source}}',
  'None',
  '[object Object]',
  '%%CAMPAIGN%%',
  '${campaign}',
  'NaN',
  ' ',
];

export const originTests = (edge: Edge): void => {
  /** The lead of a visit in `context`. */
  const visit = async (context: object): Promise<any> => {
    const email = edge.email('ray');
    const answer = await edge.segment('page', {
      anonymousId: email,
      context: { traits: { email }, ...context },
    });
    expect(answer.status).toBe(200);
    return edge.leadOf(email);
  };

  it.each(REFERRERS)('a visit from %s is %s', async (referrer, channel) => {
    expect((await visit({ page: { url: PAGE, referrer } })).channel).toBe(channel);
  });

  it.each(TAGS)('a link tagged %s, %s is %s', async (source, medium, channel) => {
    expect((await visit({ campaign: { source, medium } })).channel).toBe(channel);
    const url = `${PAGE}?utm_source=${encodeURIComponent(source)}&utm_medium=${encodeURIComponent(medium)}`;
    expect((await visit({ page: { url } })).channel).toBe(channel);
  });

  describe.each(MISSING)('a hidden field filled with %p', (missing) => {
    const tags = { utm_source: missing, utm_medium: missing, utm_campaign: missing };
    it('is an empty one', async () => {
      const email = edge.email('nia');
      expect((await edge.submit({ email, ...tags })).status).toBe(200);
      expect(await edge.leadOf(email)).toMatchObject({ channel: 'direct', campaign: null });
    });

    it('in a link is an empty one', async () => {
      const url = `${PAGE}?${new URLSearchParams(tags).toString()}`;
      expect(await visit({ page: { url } })).toMatchObject({ channel: 'direct', campaign: null });
      const { source, medium, name } = { source: missing, medium: missing, name: missing };
      expect(await visit({ campaign: { source, medium, name } })).toMatchObject({
        channel: 'direct',
        campaign: null,
      });
    });
  });

  it('of two hidden fields of one name the filled one counts', async () => {
    const [first, second] = [edge.email('nia'), edge.email('nia')];
    const campaign = `twins-${first.slice(4, 12)}`;
    await edge.submit([
      ['email', first],
      ['utm_campaign', 'undefined'],
      ['utm_campaign', campaign],
    ]);
    await edge.submit([
      ['email', second],
      ['utm_campaign', campaign],
      ['utm_campaign', ''],
    ]);
    for (const email of [first, second]) expect((await edge.leadOf(email)).campaign).toBe(campaign);
  });

  it('no campaign of the report is a word for a missing value, and those without one are one group', async () => {
    await edge.submit({ email: edge.email('nia'), utm_campaign: '(none)' });
    await edge.caughtUp();
    await eventually(async () => {
      const { groups } = await edge.report('funnel?by=campaign');
      const keys: string[] = groups.map(({ key }: { key: string }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      for (const missing of MISSING) expect(keys).not.toContain(missing);
      expect(keys).toContain('(none)');
    });
  });
};
