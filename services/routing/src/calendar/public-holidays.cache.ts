import { Injectable } from '@nestjs/common';
import DateHolidays from 'date-holidays';

const DAY = 86_400_000;

/** Public holidays by country and region; a year of a region takes some 10 ms to compute and is kept. */
@Injectable()
export class PublicHolidays {
  private readonly known = new Map<string, readonly string[]>();

  /** Whether there is such a country, and such a region in it. */
  knows(country: string, region: string | null): boolean {
    const holidays = new DateHolidays();
    if (!Object.hasOwn(holidays.getCountries(), country)) return false;
    return region === null || Object.hasOwn(holidays.getStates(country) ?? {}, region);
  }

  /** The dates of the public holidays of these years, such as `2026-12-25`. */
  datesOf(country: string, region: string | null, years: readonly number[]): readonly string[] {
    return years.flatMap((year) => this.ofYear(country, region, year));
  }

  private ofYear(country: string, region: string | null, year: number): readonly string[] {
    const key = `${country} ${region ?? ''} ${year}`;
    const known = this.known.get(key);
    if (known) return known;
    const holidays = region === null ? new DateHolidays(country) : new DateHolidays(country, region);
    const dates = holidays
      .getHolidays(year)
      .filter(({ type }) => type === 'public')
      .flatMap(({ date, start, end }) =>
        datesFrom(date, Math.round((end.getTime() - start.getTime()) / DAY)),
      );
    this.known.set(key, dates);
    return dates;
  }
}

/** A holiday has days, or a part of one: then it removes no working time. */
const datesFrom = (first: string, days: number): string[] =>
  Array.from({ length: days }, (_, n) =>
    new Date(Date.parse(`${first.slice(0, 10)}T00:00:00Z`) + n * DAY).toISOString().slice(0, 10),
  );
