import { type CampaignTouch, memoized } from '@baton/contracts';
import {
  CHANNEL_RULES,
  PAID_MEDIUM,
  SOURCE_SUFFIXES,
  type Category,
  type Channel,
  type ChannelRule,
} from './known-origins.js';
import { categoryOfName, siteOf, startOf } from './site.js';

export interface Touch {
  readonly campaign?: CampaignTouch | undefined;
  readonly pageUrl?: string | undefined;
  readonly referrer?: string | undefined;
  /** The event's name: e-mail providers name theirs "Email Opened", "Email Link Clicked". */
  readonly name?: string | undefined;
}

/** The channel of a touch: from the source and medium of its campaign, else from the referrer. Never throws. */
export const channelOf = ({ campaign, pageUrl, referrer, name }: Touch): Channel => {
  if (campaign?.source !== undefined || campaign?.medium !== undefined)
    return channelOfTags(
      `${campaign.source ?? ''}\n${campaign.medium ?? ''}\n${tellingName(campaign.name) ?? ''}`,
    );
  if (name !== undefined && /^e-?mail /i.test(name)) return 'email';
  const channel = referrer === undefined ? 'direct' : channelOfReferrer(referrer, pageUrl ?? '');
  return channel === 'direct' && campaign?.name !== undefined ? 'other' : channel;
};

/** The name of a campaign if it can decide: as part of a key, every other would make the memory useless. */
const tellingName = (name: string | undefined): string | undefined =>
  name !== undefined && TELLING.some((expression) => expression.test(name)) ? name : undefined;
const TELLING = CHANNEL_RULES.flatMap(({ campaign }) => campaign ?? []);

const channelOfReferrer = (referrer: string, pageUrl: string): Channel => {
  const from = startOf(referrer);
  const page = startOf(pageUrl);
  return from === '' || from === page ? 'direct' : channelOfVisit(`${from}\n${page}`);
};

/** By the starts of the two addresses. */
const channelOfVisit = memoized((starts): Channel => {
  const [from = '', page = ''] = starts.split('\n');
  const site = siteOf(from);
  // Logins and payments lie on the way of a visit; it did not begin there.
  if (site === undefined || site.category === 'sign-in' || site.category === 'payment') return 'direct';
  if (site.domain === siteOf(page)?.domain) return 'direct';
  return site.category === undefined
    ? 'referral'
    : ruled({ category: site.category, medium: '', campaign: '', paid: false });
});

const channelOfTags = memoized((tags): Channel => {
  const [source = '', medium = '', campaign = ''] = tags.toLowerCase().split('\n');
  const known = sourceOf(source.trim());
  const plainMedium = medium.trim().replace(/^\((none|not set)\)$/, '');
  return ruled({
    category: known.category,
    medium: plainMedium,
    campaign,
    paid: PAID_MEDIUM.test(plainMedium) || (plainMedium === '' && known.paid),
  });
});

/** A source by its name, its host (`m.facebook.com`) or its name with an addition (`facebook_ads`). */
const sourceOf = (source: string): { category: Category | undefined; paid: boolean } => {
  const category =
    categoryOfName(source) ??
    (source.includes('.') ? siteOf(startOf(withScheme(source)))?.category : undefined);
  if (category !== undefined) return { category, paid: false };
  // The expression takes time in the square of the length.
  const [, name = '', suffix = ''] = source.length > MAX_SOURCE ? [] : (WITH_SUFFIX.exec(source) ?? []);
  const base = categoryOfName(name);
  if (base !== undefined) return { category: base, paid: SOURCE_SUFFIXES.paid.includes(suffix) };
  return { category: undefined, paid: false };
};
const MAX_SOURCE = 256;
const WITH_SUFFIX = new RegExp(
  `^(.+?)[-_ .]+(?:[a-z]+[-_ .]+)?(${[...SOURCE_SUFFIXES.paid, ...SOURCE_SUFFIXES.other].join('|')})$`,
);
const withScheme = (source: string): string => (source.includes('//') ? source : `//${source}`);

interface Tags {
  readonly category: Category | undefined;
  readonly medium: string;
  readonly campaign: string;
  readonly paid: boolean;
}

const ruled = (tags: Tags): Channel => CHANNEL_RULES.find((rule) => holds(rule, tags))?.channel ?? 'other';

const holds = (rule: ChannelRule, { category, medium, campaign, paid }: Tags): boolean =>
  (rule.source === undefined || rule.source === category) &&
  (rule.paid === undefined || paid) &&
  (rule.medium === undefined || rule.medium.test(medium)) &&
  (rule.campaign === undefined || rule.campaign.test(campaign));
