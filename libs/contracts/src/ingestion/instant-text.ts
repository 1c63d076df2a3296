// Date, or date and time of any precision; zones also as PostgreSQL (`+00`) and Ruby (` UTC`, ` +0000`) write them.
const ISO =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)(?:[T ](?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d{1,9}))?)? ?(?<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?$/i;
const RFC_2822 =
  /^(?:[a-z]{3}, ?)?(?<day>\d{1,2}) (?<month>[a-z]{3}) (?<year>\d{4}) (?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d))? (?<zone>Z|UTC?|GMT|[+-]\d{4})(?: \([\w ]{1,40}\))?$/i;
const EPOCH = /^\d{9,15}(?:\.\d{1,9})?$/;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const DAY_S = 86_400;
const MAX_OFFSET_MINUTES = 14 * 60;
/** Smaller numbers are no times: as seconds they are before 1973. */
const MIN_EPOCH = 1e8;
/** Below it a number counts seconds (until the year 5138), from it on milliseconds (since 1973). */
const MIN_EPOCH_MS = 1e11;
/** End of the year 9999. */
const MAX_EPOCH_MS = 253_402_300_799_999;

type Fields = Readonly<Record<string, string | undefined>>;

/**
 * Milliseconds since 1970 of a time as clients write it: ISO 8601, RFC 2822, or seconds or milliseconds since 1970. Without a
 * zone it is UTC. NaN for anything else, and for a time that does not exist, such as 30 February or 25:00.
 */
export const instantOf = (value: unknown): number => {
  if (typeof value === 'number') return instantOfEpoch(value);
  if (typeof value !== 'string') return Number.NaN;
  const text = value.trim();
  if (EPOCH.test(text)) return instantOfEpoch(Number(text));
  const iso = ISO.exec(text)?.groups;
  if (iso) return instantOfFields(iso, Number(iso['month']));
  const mail = RFC_2822.exec(text)?.groups;
  return mail ? instantOfFields(mail, MONTHS.indexOf(mail['month']!.toLowerCase()) + 1) : Number.NaN;
};

const instantOfEpoch = (value: number): number => {
  if (!(value >= MIN_EPOCH && value <= MAX_EPOCH_MS)) return Number.NaN;
  return Math.trunc(value < MIN_EPOCH_MS ? value * 1_000 : value);
};

const instantOfFields = (fields: Fields, month: number): number => {
  const [year, day] = [Number(fields['year']), Number(fields['day'])];
  const midnight = new Date(Date.UTC(year, month - 1, day));
  // Date carries a day over that the month does not have, and takes the years 0 to 99 for those of the 20th century.
  if (midnight.getUTCFullYear() !== year || midnight.getUTCMonth() !== month - 1) return Number.NaN;
  const fraction = Number((fields['fraction'] ?? '').padEnd(3, '0').slice(0, 3));
  return midnight.getTime() + (secondsOf(fields) - offsetMinutes(fields['zone']) * 60) * 1_000 + fraction;
};

const secondsOf = ({ hour = '0', minute = '0', second = '0' }: Fields): number => {
  const seconds = Number(hour) * 3_600 + Number(minute) * 60 + Number(second);
  return Number(minute) < 60 && Number(second) < 60 && seconds <= DAY_S ? seconds : Number.NaN;
};

const offsetMinutes = (zone = 'Z'): number => {
  const offset = /^([+-])(\d\d):?(\d\d)?$/.exec(zone);
  if (!offset) return 0;
  const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
  if (Number(offset[3] ?? 0) > 59 || minutes > MAX_OFFSET_MINUTES) return Number.NaN;
  return offset[1] === '-' ? -minutes : minutes;
};
