const DAY_MS = 24 * 60 * 60 * 1_000;
const MINUTE_MS = 60_000;

const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  let format = formats.get(timeZone);
  if (!format)
    formats.set(
      timeZone,
      (format = new Intl.DateTimeFormat('en-US', {
        timeZone,
        calendar: 'gregory',
        era: 'short',
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
        hourCycle: 'h23',
      })),
    );
  return format;
};

/** Whether `timeZone` is a name of the IANA database. */
export const isTimeZone = (timeZone: string): boolean => {
  // `+01:00` is accepted by Intl and means the opposite to PostgreSQL.
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/.test(timeZone)) return false;
  try {
    return formatOf(timeZone) !== undefined;
  } catch {
    return false;
  }
};

/** What the clocks of a time zone show at an instant, as if it were UTC, ms. */
const wallTime = (timeZone: string, instant: number): number => {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  const year = Number(parts['year']);
  const wall = new Date(0);
  wall.setUTCFullYear(
    /^B/.test(parts['era'] ?? '') ? 1 - year : year,
    Number(parts['month']) - 1,
    Number(parts['day']),
  );
  wall.setUTCHours(Number(parts['hour']), Number(parts['minute']), Number(parts['second']));
  return wall.getTime();
};

/** The day of an instant in a time zone: `2026-01-05`. */
export const dayIn = (timeZone: string, instant: Date): string =>
  new Date(wallTime(timeZone, instant.getTime())).toISOString().replace(/T.*/, '');

/** The first instant of a day in a time zone; where clocks are put forward at midnight, that of the first hour there is. */
export const startOfDay = (timeZone: string, day: string): Date => {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const isBefore = (instant: number): boolean => wallTime(timeZone, instant) < midnight;
  let [low, high] = [midnight - DAY_MS, midnight + DAY_MS];
  // Offsets are between -12 and +14 hours; until the minute, because those of today are whole minutes.
  while (high - low > MINUTE_MS) {
    const middle = low + Math.floor((high - low) / 2 / MINUTE_MS) * MINUTE_MS;
    if (isBefore(middle)) low = middle;
    else high = middle;
  }
  return new Date(high);
};
