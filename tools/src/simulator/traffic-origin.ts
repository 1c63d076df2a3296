import type { SeededRandom } from './seeded-random.js';

/** Campaign tags or the referrer of a visit. */
export interface TrafficOrigin {
  readonly utm?: {
    readonly source: string;
    readonly medium: string;
    readonly campaign: string;
    readonly content?: string;
  };
  readonly referrer?: string;
}

const PAID: readonly (readonly [TrafficOrigin, number])[] = [
  [
    {
      utm: { source: 'google', medium: 'cpc', campaign: 'spring-launch' },
      referrer: 'https://www.google.com/',
    },
    4,
  ],
  [
    { utm: { source: 'bing', medium: 'cpc', campaign: 'spring-launch' }, referrer: 'https://www.bing.com/' },
    1,
  ],
  [{ utm: { source: 'linkedin', medium: 'paid-social', campaign: 'ops-leaders', content: 'carousel' } }, 3],
  [{ utm: { source: 'adnet', medium: 'display', campaign: 'brand-2026' } }, 2],
  [{ utm: { source: 'partner-blog', medium: 'affiliate', campaign: 'partners' } }, 1],
];

const ORGANIC: readonly (readonly [TrafficOrigin, number])[] = [
  [{ referrer: 'https://www.google.com/' }, 4],
  [{ referrer: 'https://www.linkedin.com/feed/' }, 2],
  [{ referrer: 'https://news.example.org/best-tools' }, 1],
  [{}, 3],
];

export const NEWSLETTER: TrafficOrigin = {
  utm: { source: 'newsletter', medium: 'email', campaign: 'monthly-digest' },
};

/** A random paid campaign. */
export const paidOrigin = (random: SeededRandom): TrafficOrigin => random.weighted(PAID);

/** A random unpaid origin. */
export const organicOrigin = (random: SeededRandom): TrafficOrigin => random.weighted(ORGANIC);
