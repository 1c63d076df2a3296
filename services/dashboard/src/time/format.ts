const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const UNITS = [
  [DAY * 365, 'year'],
  [DAY * 30, 'month'],
  [DAY * 7, 'week'],
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute'],
] as const;

/** Age as text, such as `2 days ago`; under a minute `just now`. Times in milliseconds. */
export const formatAgo = (then: number, now: number): string => {
  const past = now - then;
  for (const [size, unit] of UNITS) {
    if (Math.abs(past) >= size) return relative.format(-Math.trunc(past / size), unit);
  }
  return 'just now';
};

/** Age in few characters: `12 s`, `3 min`, `2 h`, `4 d`. */
export const formatAgoShort = (then: number, now: number): string => {
  const past = Math.max(0, now - then);
  if (past < MINUTE) return `${Math.floor(past / SECOND)} s`;
  if (past < HOUR) return `${Math.floor(past / MINUTE)} min`;
  return past < DAY ? `${Math.floor(past / HOUR)} h` : `${Math.floor(past / DAY)} d`;
};

const two = (value: number): string => String(value).padStart(2, '0');

/** A duration with its two largest units, such as `23 h 14 min`; under an hour `42:05`. `ms` is not negative. */
export const formatDuration = (ms: number): string => {
  const whole = Math.floor(ms / SECOND) * SECOND;
  const days = Math.floor(whole / DAY);
  const hours = Math.floor((whole % DAY) / HOUR);
  const minutes = Math.floor((whole % HOUR) / MINUTE);
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${two(minutes)} min`;
  return `${minutes}:${two(Math.floor((whole % MINUTE) / SECOND))}`;
};

const dateTime = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const clockTime = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const dayOnly = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });

/** Date and time in the local time zone: `22 Nov 2026, 14:03`. */
export const formatDateTime = (iso: string): string => dateTime.format(new Date(iso));
/** Time of day with seconds, in the local time zone. */
export const formatTime = (iso: string): string => clockTime.format(new Date(iso));
/** Date in the local time zone. */
export const formatDate = (iso: string): string => dayOnly.format(new Date(iso));
