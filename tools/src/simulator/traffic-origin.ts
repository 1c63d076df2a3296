import type { Random } from './seeded-random.js';

/** What brings a visitor: campaign tags, or only the page they came from. */
export interface Origin {
  readonly utm?: {
    readonly source: string;
    readonly medium: string;
    readonly campaign: string;
    readonly content?: string;
  };
  readonly referrer?: string;
}

const paid: readonly (readonly [Origin, number])[] = [
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

const free: readonly (readonly [Origin, number])[] = [
  [{ referrer: 'https://www.google.com/' }, 4],
  [{ referrer: 'https://www.linkedin.com/feed/' }, 2],
  [{ referrer: 'https://news.example.org/best-tools' }, 1],
  [{}, 3],
];

export const newsletter: Origin = {
  utm: { source: 'newsletter', medium: 'email', campaign: 'monthly-digest' },
};

/** Somebody who clicked on something that was paid for. */
export const paidOrigin = (random: Random): Origin => random.weighted(paid);

/** Somebody who came by themselves. */
export const freeOrigin = (random: Random): Origin => random.weighted(free);
