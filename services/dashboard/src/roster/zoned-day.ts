const MINUTE = 60_000;

/** Milliseconds by which a time zone is ahead of UTC at an instant. */
const offsetAt = (instant: number, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(instant);
  const [year, month, day, hour, minute] = (['year', 'month', 'day', 'hour', 'minute'] as const).map((name) =>
    Number(parts.find(({ type }) => type === name)?.value),
  );
  const local = Date.UTC(year!, month! - 1, day, hour, minute);
  return local - Math.floor(instant / MINUTE) * MINUTE;
};

/** The calendar day of an instant in a time zone, such as `2026-12-24`. */
export const dayAt = (instant: number, timeZone: string): string =>
  new Date(instant + offsetAt(instant, timeZone)).toISOString().slice(0, 10);

/** The instant at which a calendar day begins in a time zone, ms. Undefined for a text that is no day. */
export const startOfDay = (day: string, timeZone: string): number | undefined => {
  const utc = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(utc)) return undefined;
  // The offset at UTC's midnight may be that of the other side of a clock change: asked again where it leads.
  const guess = utc - offsetAt(utc, timeZone);
  return utc - offsetAt(guess, timeZone);
};

/** The calendar day after another one. */
export const nextDay = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 24 * 60 * MINUTE).toISOString().slice(0, 10);
