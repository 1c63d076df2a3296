import type { Activity } from '../api/shapes.js';
import { wordsOf } from '../ui/words.js';

/** What they did, in words: `Filled the form contact-sales`, `Looked at Pricing`. */
export const wordsOfActivity = ({ kind, name, pageUrl }: Activity): string => {
  switch (kind) {
    case 'page':
      return `Looked at ${name || pathOf(pageUrl) || 'a page'}`;
    case 'screen':
      return `Opened ${name || 'a screen'}`;
    case 'form':
      return name ? `Filled the form ${name}` : 'Filled a form';
    case 'identify':
      return 'Said who they are';
    case 'group':
      return 'Was joined to a company';
    case 'alias':
      return 'Was recognised as somebody known';
    default:
      return name ? wordsOf(name) : 'Did something';
  }
};

/** The path of an address, without the address's query. */
export const pathOf = (url: string | null | undefined): string | undefined => {
  if (!url || !URL.canParse(url)) return undefined;
  return new URL(url).pathname;
};

const MOST_SHOWN = 4;

/** What else was sent with it, as far as it is plain. */
export const propertiesOf = (activity: Activity): [label: string, value: string][] =>
  Object.entries(activity.properties)
    .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value) && value !== '')
    .filter(([key]) => !['url', 'path', 'title', 'referrer', 'search'].includes(key))
    .slice(0, MOST_SHOWN)
    .map(([key, value]) => [wordsOf(key), String(value).slice(0, 80)]);

export const campaignOf = ({ campaign }: Activity): string | undefined => {
  const named = campaign?.['name'] ?? campaign?.['source'];
  return typeof named === 'string' ? named : undefined;
};
