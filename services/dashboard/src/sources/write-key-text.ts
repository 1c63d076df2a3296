import type { WriteKey } from '../api/shapes.js';
import { formatAgo } from '../time/format.js';

export interface KeyState {
  readonly state: 'valid' | 'ending' | 'ended';
  readonly text: string;
}

export const KIND_LABELS: Readonly<Record<WriteKey['kinds'][number], string>> = {
  form: 'Forms',
  page: 'Page views',
  track: 'Events',
  identify: 'Details of people',
  group: 'Details of companies',
  screen: 'Screens of apps',
  alias: 'Joined ids',
};

/** Whether a key is valid, in words. `now` in ms. */
export const keyStateOf = (
  { endsAt, replacedBy }: Pick<WriteKey, 'endsAt' | 'replacedBy'>,
  now: number,
): KeyState => {
  if (endsAt === null) return { state: 'valid', text: 'Valid' };
  const end = Date.parse(endsAt);
  const replaced = replacedBy === null ? '' : 'Replaced, ';
  const text = (verb: string): string => {
    const sentence = `${replaced}${verb} ${formatAgo(end, now)}`;
    return sentence.charAt(0).toUpperCase() + sentence.slice(1);
  };
  return end > now ? { state: 'ending', text: text('ends') } : { state: 'ended', text: text('ended') };
};

/** What a key lets in, in words. */
export const restrictionsText = ({ origins, kinds }: Pick<WriteKey, 'origins' | 'kinds'>): string => {
  const from = origins.length === 0 ? 'from any page and server' : `from ${origins.join(', ')}`;
  const what =
    kinds.length === 0
      ? 'Takes everything'
      : `Takes ${kinds.map((kind) => KIND_LABELS[kind].toLowerCase()).join(', ')}`;
  return `${what} ${from}`;
};

/** Whether forms of the source are refused as soon as this key ends: no other key that is valid takes them. */
export const isLastForForms = (key: WriteKey, keys: readonly WriteKey[], now: number): boolean => {
  const takesForms = (each: WriteKey): boolean =>
    keyStateOf(each, now).state !== 'ended' && (each.kinds.length === 0 || each.kinds.includes('form'));
  return takesForms(key) && !keys.some((each) => each.id !== key.id && takesForms(each));
};

/** Origins in a text, separated by spaces, commas or lines: those of addresses, `https` where no scheme is said. */
export const originsIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\s,;]+/)
      .filter(Boolean)
      .map((entry) => (entry.includes('://') ? entry : `https://${entry}`))
      .map(originOf),
  ),
];

/** The star stays apart from the address: browsers would encode it. */
const originOf = (entry: string): string => {
  const [, scheme, star = '', rest] = /^(https?):\/\/(\*\.)?(.*)$/i.exec(entry) ?? [];
  const address = `${scheme}://${rest}`;
  if (scheme === undefined || !URL.canParse(address)) return entry;
  const { protocol, host } = new URL(address);
  return `${protocol}//${star}${host}`;
};

/** The end of a day of the local time zone, ISO 8601 in UTC; undefined for a text that is no day. `day` as `2026-12-31`. */
export const endOfDay = (day: string): string | undefined => {
  const end = new Date(`${day}T23:59:59.999`);
  return day === '' || Number.isNaN(end.getTime()) ? undefined : end.toISOString();
};
