import type { CampaignTouch } from '@baton/contracts';
import type { Json } from '../activity/invalid-message.js';
import { tagTextOf } from './campaign-text.js';
import { CLICK_IDS, PAID_MEDIUM } from './known-origins.js';

type Part = keyof CampaignTouch;
/** Values by parameter in lower case. */
type Parameters = ReadonlyMap<string, string>;

/** Max characters of an address in which parameters are searched. */
const MAX_ADDRESS = 8_192;
const UTM: readonly (readonly [Part, string])[] = [
  ['name', 'utm_campaign'],
  ['source', 'utm_source'],
  ['medium', 'utm_medium'],
  ['term', 'utm_term'],
  ['content', 'utm_content'],
];
const READ = new Set([
  ...UTM.map(([, parameter]) => parameter),
  ...CLICK_IDS.map(({ parameter }) => parameter),
]);

/** What analytics tools call a visit without a campaign. */
const NO_CAMPAIGN = /^\((direct|organic|referral)\)$/i;
// Tests whether an address has one at all: parsing is slow, and most addresses have none.
const TAGGED = new RegExp(
  `(^|[?&#;]|%3b)(utm(_|%5f)|(${CLICK_IDS.map(({ parameter }) => parameter).join('|')})=)`,
  'i',
);
/** `&` as HTML writes it, or a `?` in its place. */
const LINK_FAULTS = /&amp;|&amp%3b|\?(?=utm_)/gi;

/** The campaign given with a touch; if that has neither source nor medium, completed from the first address that has a campaign. */
export const campaignWith = (
  given: CampaignTouch | undefined,
  ...addresses: readonly unknown[]
): CampaignTouch | undefined => {
  if (given?.source !== undefined || given?.medium !== undefined) return given;
  for (const address of addresses) {
    const found = campaignInUrl(address);
    if (found) return { ...found, ...given };
  }
  return given;
};

/** The campaign as Segment's `context.campaign` has it. Undefined when it has none of the fields. */
export const campaignOf = (context: Json): CampaignTouch | undefined => {
  const touch = touchOf((part, parameter) => tagTextOf(context[part] ?? context[parameter]));
  return isEmpty(touch) ? undefined : touch;
};

/** The campaign in fields called `utm_campaign`, `UTM_Source` …, or of an ad click. */
export const campaignInFields = (fields: Json): CampaignTouch | undefined => {
  const parameters = new Map<string, string>();
  for (const field of Object.keys(fields)) collect(parameters, field, fields[field]);
  return campaignIn(parameters);
};

/** The campaign in the query or the fragment of an address; the query may stand alone (`?utm_source=`). */
export const campaignInUrl = (url: unknown): CampaignTouch | undefined => {
  if (typeof url !== 'string') return undefined;
  const address = url.slice(0, MAX_ADDRESS);
  if (!TAGGED.test(address)) return undefined;
  const parameters = new Map<string, string>();
  for (const pair of address.replace(LINK_FAULTS, '&').split(/[&#]/)) {
    const at = pair.indexOf('=');
    if (at < 0) continue;
    // In front of the name stands what leads to the query: the page's address, or the route in a fragment (`#/path?utm_source=`).
    const name = pair.slice(pair.lastIndexOf('?', at) + 1, at);
    collect(parameters, name.replace(/%5f/i, '_'), spaced(pair.slice(at + 1)));
  }
  return campaignIn(parameters);
};

const spaced = (text: string): string => (text.includes('+') ? text.replaceAll('+', ' ') : text);

/** Of a repeated parameter the first with a value counts. */
const collect = (parameters: Map<string, string>, field: string, value: unknown): void => {
  const parameter = field.trim().toLowerCase();
  if (!READ.has(parameter) || parameters.has(parameter)) return;
  const text = tagTextOf(value);
  if (text !== undefined) parameters.set(parameter, text);
};

/** Tags first; a click id says what they leave open: the source and medium, or that a visit from the tagged source was paid. */
const campaignIn = (parameters: Parameters): CampaignTouch | undefined => {
  if (parameters.size === 0) return undefined;
  const touch = touchOf((_, parameter) => parameters.get(parameter));
  const click = CLICK_IDS.find(({ parameter }) => parameters.has(parameter));
  if (click && touch.medium === undefined && (touch.source === undefined || PAID_MEDIUM.test(click.medium)))
    return { ...touch, source: touch.source ?? click.source, medium: click.medium };
  return isEmpty(touch) ? undefined : touch;
};

const touchOf = (
  read: (part: Part, parameter: string) => string | undefined,
): { -readonly [P in Part]?: string } => {
  const touch: { -readonly [P in Part]?: string } = {};
  for (const [part, parameter] of UTM) {
    const text = read(part, parameter);
    if (text !== undefined && !(part === 'name' && NO_CAMPAIGN.test(text))) touch[part] = text;
  }
  return touch;
};

const isEmpty = (touch: CampaignTouch): boolean => Object.keys(touch).length === 0;
