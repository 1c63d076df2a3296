import type { CampaignTouch } from '@baton/contracts';
import { truncatedTextOf, type Json } from './invalid-message.js';

type Part = keyof CampaignTouch;
const MAX_PART = 256;
const UTM: readonly (readonly [Part, string])[] = [
  ['name', 'utm_campaign'],
  ['source', 'utm_source'],
  ['medium', 'utm_medium'],
  ['term', 'utm_term'],
  ['content', 'utm_content'],
];
// Parameters that ad networks add to untagged links.
const CLICK_IDS: readonly (readonly [string, string])[] = [
  ['gclid', 'google'],
  ['gbraid', 'google'],
  ['wbraid', 'google'],
  ['msclkid', 'bing'],
];

// Parsing a query is slow, and most addresses have no campaign.
const TAGGED = /^[^#]*[?&](utm_|gclid|gbraid|wbraid|msclkid)/;

/** The campaign as Segment's `context.campaign` has it. Undefined when it has none of the fields. */
export const campaignOf = (context: Json): CampaignTouch | undefined => touchOf((part) => context[part]);

/** The campaign in fields called `utm_campaign`, `utm_source` …, or of an untagged ad click. */
export const campaignInFields = (fields: Json): CampaignTouch | undefined =>
  touchOf((_, parameter) => fields[parameter]) ?? clickIn((id) => fields[id]);

/** The campaign in the query of a page's address. */
export const campaignInUrl = (url: string | undefined): CampaignTouch | undefined => {
  if (url === undefined || !TAGGED.test(url)) return undefined;
  const query = new URLSearchParams(/\?([^#]*)/.exec(url)?.[1] ?? '');
  return touchOf((_, parameter) => query.get(parameter)) ?? clickIn((id) => query.get(id));
};

const touchOf = (read: (part: Part, parameter: string) => unknown): CampaignTouch | undefined => {
  let touch: { -readonly [P in Part]?: string } | undefined;
  for (const [part, parameter] of UTM) {
    const text = textOf(read(part, parameter));
    if (text !== undefined && !(part === 'name' && text === '(none)')) (touch ??= {})[part] = text;
  }
  return touch;
};

/** Words and templates that scripts leave in hidden fields in place of a missing value. */
const PLACEHOLDER =
  /^(?:undefined|null|nil|nan|n\/a|\(not set\)|\[object object\]|\{.*\}|\$\{.*\}|%.*%|\[.*\]|<.*>)$/i;

/** The last value that is no placeholder: two hidden fields of one name make a list. */
const textOf = (value: unknown): string | undefined =>
  (Array.isArray(value) ? value : [value])
    .map((each) => truncatedTextOf(each, MAX_PART))
    .findLast((text) => text !== undefined && !PLACEHOLDER.test(text));

const clickIn = (read: (id: string) => unknown): CampaignTouch | undefined => {
  const click = CLICK_IDS.find(([id]) => textOf(read(id)) !== undefined);
  return click && { source: click[1], medium: 'cpc' };
};
