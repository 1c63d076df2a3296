import { dateFrom, yearOf, type LocalDate } from './local-date.js';

interface Yearly {
  readonly month: number;
  readonly day: number;
}

/** Dates on which no shift begins. */
export class Holidays {
  private readonly dates: ReadonlySet<LocalDate>;
  private readonly yearly: readonly Yearly[];
  /** Yearly dates by year. */
  private readonly years = new Map<number, ReadonlySet<LocalDate>>();

  /** @param texts `2026-12-25` or `*-12-25`; 29 February exists in leap years only */
  constructor(texts: readonly string[]) {
    const parts = [...new Set(texts)].map((text) => {
      const [year, month, day] = text.split('-');
      return { year, month: Number(month), day: Number(day) };
    });
    this.yearly = parts.filter(({ year }) => year === '*');
    this.dates = new Set(
      parts.flatMap(({ year, month, day }) =>
        year === '*' ? [] : (dateFrom(Number(year), month, day) ?? []),
      ),
    );
  }

  has(date: LocalDate): boolean {
    return this.dates.has(date) || (this.yearly.length > 0 && this.ofYear(yearOf(date)).has(date));
  }

  /** The holidays from one date to before another, in no order, some of them twice. */
  between(from: LocalDate, to: LocalDate): readonly LocalDate[] {
    const found = [...this.dates];
    if (this.yearly.length > 0)
      for (let year = yearOf(from); year <= yearOf(to); year += 1) found.push(...this.ofYear(year));
    return found.filter((date) => from <= date && date < to);
  }

  private ofYear(year: number): ReadonlySet<LocalDate> {
    const known = this.years.get(year);
    if (known) return known;
    const dates = new Set(this.yearly.flatMap(({ month, day }) => dateFrom(year, month, day) ?? []));
    this.years.set(year, dates);
    return dates;
  }
}
