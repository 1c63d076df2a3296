import type { Activity } from '../api/shapes.js';
import { humanize } from '../ui/humanize.js';

/** An activity as text, such as `Filled the form contact-sales` or `Looked at Pricing`. */
export const activityText = ({ kind, name, pageUrl }: Activity): string => {
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
      return name ? humanize(name) : 'Did something';
  }
};

/** The path of an address, without the address's query. */
export const pathOf = (url: string | null | undefined): string | undefined => {
  if (!url || !URL.canParse(url)) return undefined;
  return new URL(url).pathname;
};

const MAX_PROPERTIES = 4;

/** Other properties of the activity, scalar values only. */
export const propertiesOf = (activity: Activity): [label: string, value: string][] =>
  Object.entries(activity.properties)
    .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value) && value !== '')
    .filter(([key]) => !['url', 'path', 'title', 'referrer', 'search'].includes(key))
    .slice(0, MAX_PROPERTIES)
    .map(([key, value]) => [humanize(key), String(value).slice(0, 80)]);

export const campaignOf = ({ campaign }: Activity): string | undefined => {
  const named = campaign?.['name'] ?? campaign?.['source'];
  return typeof named === 'string' ? named : undefined;
};
