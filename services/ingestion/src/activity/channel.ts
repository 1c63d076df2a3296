import type { CampaignTouch } from '@baton/contracts';

/** Marketing's usual grouping; the names and their order of decision are those of Google Analytics' default channel group. */
export type Channel =
  | 'affiliates'
  | 'audio'
  | 'direct'
  | 'display'
  | 'email'
  | 'organic-search'
  | 'organic-social'
  | 'organic-video'
  | 'other'
  | 'paid-other'
  | 'paid-search'
  | 'paid-social'
  | 'paid-video'
  | 'push'
  | 'referral'
  | 'sms';

const SEARCH =
  /(^|\.)(google|bing|duckduckgo|yahoo|ecosia|baidu|yandex|qwant|startpage|naver|seznam|ask|aol)(\.|$)|^search\./;
const SOCIAL =
  /(^|\.)(facebook|fb|instagram|linkedin|lnkd|twitter|x|t\.co|pinterest|reddit|tiktok|xing|threads|mastodon|bsky|snapchat|quora|whatsapp|telegram|t\.me)(\.|$)/;
const VIDEO = /(^|\.)(youtube|youtu|vimeo|twitch|dailymotion|wistia)(\.|$)/;
const WEBMAIL = /^(web)?mail\.|^outlook\./;
const EMAIL = /^(e[-_ ]?mail|newsletter|mailing)$/;
const PAID = /^(.*cp.*|ppc|retargeting|remarketing|paid.*|ads?|sea|sem)$/;
const DISPLAY = /^(display|banner|expandable|interstitial|cpm|programmatic)$/;
const SOCIAL_MEDIUM = /^(social([-_ ]?(network|media))?|sm)$/;

export interface Touch {
  readonly campaign?: CampaignTouch | undefined;
  readonly pageUrl?: string | undefined;
  readonly referrer?: string | undefined;
  /** The event's name: e-mail providers name theirs "Email Opened", "Email Link Clicked". */
  readonly name?: string | undefined;
}

/** The channel of a touch: from the campaign, else from the referrer. */
export const channelOf = ({ campaign, pageUrl, referrer, name }: Touch): Channel => {
  const medium = campaign?.medium?.toLowerCase();
  const source = campaign?.source?.toLowerCase();
  if (medium !== undefined || source !== undefined) return tagged(source ?? '', medium ?? '');
  if (name !== undefined && /^e-?mail /i.test(name)) return 'email';
  const from = hostOf(referrer);
  if (from === undefined || from === hostOf(pageUrl))
    return campaign?.name === undefined ? 'direct' : 'other';
  return untagged(from);
};

const tagged = (source: string, medium: string): Channel => {
  const display = DISPLAY.test(medium);
  if (!display && PAID.test(medium)) {
    if (SEARCH.test(source)) return 'paid-search';
    if (SOCIAL.test(source)) return 'paid-social';
    if (VIDEO.test(source)) return 'paid-video';
    return medium.includes('social')
      ? 'paid-social'
      : medium.includes('search')
        ? 'paid-search'
        : 'paid-other';
  }
  if (display) return 'display';
  if (EMAIL.test(medium) || EMAIL.test(source)) return 'email';
  if (SOCIAL_MEDIUM.test(medium)) return 'organic-social';
  if (medium === 'video') return 'organic-video';
  if (medium === 'organic') return SOCIAL.test(source) ? 'organic-social' : 'organic-search';
  if (/^(affiliates?|partners?)$/.test(medium)) return 'affiliates';
  if (/^(referral|app|link)$/.test(medium)) return 'referral';
  if (medium === 'audio' || medium === 'podcast') return 'audio';
  if (medium === 'sms' || source === 'sms') return 'sms';
  if (/push$|^mobile$|notification/.test(medium) || source === 'firebase') return 'push';
  if (medium === '(none)' || source === '(direct)') return 'direct';
  return medium === '' ? untagged(source, 'other') : 'other';
};

const untagged = (from: string, otherwise: Channel = 'referral'): Channel => {
  if (WEBMAIL.test(from)) return 'email';
  if (SEARCH.test(from)) return 'organic-search';
  if (SOCIAL.test(from)) return 'organic-social';
  if (VIDEO.test(from)) return 'organic-video';
  return otherwise;
};

const hostOf = (url: string | undefined): string | undefined =>
  url === undefined ? undefined : /^https?:\/\/(?:www\.)?([^/:?#]+)/i.exec(url)?.[1]?.toLowerCase();
