import { expect, it } from '@jest/globals';
import { RICH, type Edge } from './edge.js';

/** User agents of servers that pass a person's answers on. */
const RELAYS = [
  'curl/8.5.0',
  'WordPress/6.7.1; https://www.engines.example',
  'Zapier',
  'Typeform Webhooks',
  'n8n',
  'Make/production',
  'Tally Webhooks',
  'Jotform Webhook',
  'IFTTT-Protocol/v1',
  'azure-logic-apps/1.0 (workflow 1f; version 0858) microsoft-flow/1.0',
  'Mozilla/5.0 (compatible; Google-Apps-Script; beanserver; +https://script.google.com; id: UAEmdDd-abc)',
  'SFDC-Callout/60.0',
  'Drupal/10.3 (+https://www.drupal.org/) GuzzleHttp/7',
  'Amazon/EventBridge/ApiDestinations',
  'Shopify-Captain-Hook',
  'python-requests/2.32.3',
  'Go-http-client/2.0',
  'com.engines.app/3 (Linux; U; Android 14) okhttp/4.12',
  'EnginesApp/7 CFNetwork/1410.0.3 Darwin/22.6.0',
];

export const relayTests = (edge: Edge): void => {
  it.each(RELAYS)("a form passed on by %s is the person's", async (userAgent) => {
    const email = edge.email();
    const answer = await edge.submit(
      { email, newsletter: 'on', ...RICH },
      { headers: { 'user-agent': userAgent } },
    );
    expect(answer.status).toBe(200);
    await edge.expectHandedOver(email);
  });

  it('events of a relay are of the person whose browser they name', async () => {
    const email = edge.email();
    const browser =
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.5 Safari/605.1.15';
    const context = { userAgent: browser, traits: { email } };
    await edge.segment('page', { anonymousId: email, name: 'Pricing', context }, { 'user-agent': 'Zapier' });
    await edge.leadWhen(email, ({ score }) => expect(score.engagement).toBeGreaterThan(0));
  });
};
