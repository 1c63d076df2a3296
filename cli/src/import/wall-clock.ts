const QUARTER_MS = 15 * 60_000;
const MAX_OFFSETS = 100_000;

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

/** @throws RangeError for a zone that the IANA database does not have */
const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric', era: 'short' },
  });
  formats.set(timeZone, format);
  return format;
};

export const isTimeZone = (name: string): boolean => {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
};

/** Milliseconds to add to an instant for the time on the clocks of a zone; kept by quarter hour, at which zones change. */
const offsetAt = (instant: number, timeZone: string): number => {
  const quarter = Math.floor(instant / QUARTER_MS);
  const key = `${timeZone} ${quarter}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const start = quarter * QUARTER_MS;
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(start)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  if (offsets.size >= MAX_OFFSETS) offsets.clear();
  offsets.set(key, shown - start);
  return shown - start;
};

/**
 * The instant at which the clocks of a zone show a time.
 * @param wall milliseconds since 1970 as if the zone were UTC. A time that the clocks skip is taken as if they had not been put forward
 * yet; of one that they show twice, the first is meant.
 */
export const instantOfWall = (wall: number, timeZone: string): number => {
  const DAY = 86_400_000;
  const [before, after] = [offsetAt(wall - DAY, timeZone), offsetAt(wall + DAY, timeZone)];
  const early = wall - before;
  if (before === after || offsetAt(early, timeZone) === before) return early;
  const late = wall - after;
  return offsetAt(late, timeZone) === after ? late : early;
};
