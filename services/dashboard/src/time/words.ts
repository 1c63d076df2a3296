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

/** How long ago in words, such as `2 days ago`; under a minute `just now`. Times in milliseconds. */
export const ago = (then: number, now: number): string => {
  const past = now - then;
  for (const [size, unit] of UNITS) {
    if (Math.abs(past) >= size) return relative.format(-Math.trunc(past / size), unit);
  }
  return 'just now';
};

/** The same in few characters for lists that move: `12 s`, `3 min`, `2 h`, `4 d`. */
export const agoShort = (then: number, now: number): string => {
  const past = Math.max(0, now - then);
  if (past < MINUTE) return `${Math.floor(past / SECOND)} s`;
  if (past < HOUR) return `${Math.floor(past / MINUTE)} min`;
  return past < DAY ? `${Math.floor(past / HOUR)} h` : `${Math.floor(past / DAY)} d`;
};

const two = (value: number): string => String(value).padStart(2, '0');

/** A length of time with its two largest units, such as `23 h 14 min`; under an hour `42:05`. `ms` is not negative. */
export const span = (ms: number): string => {
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

/** An instant for a person, in their own zone: `22 Nov 2026, 14:03`. */
export const at = (iso: string): string => dateTime.format(new Date(iso));
/** The time of day with seconds, in the reader's own zone. */
export const timeOfDay = (iso: string): string => clockTime.format(new Date(iso));
/** The date alone, in the reader's own zone. */
export const day = (iso: string): string => dayOnly.format(new Date(iso));
