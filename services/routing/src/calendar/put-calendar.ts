import { Database, type Queryable, type Transaction } from '@baton/bus';
import type { Violation } from '@baton/contracts';
import { Clock, DomainError } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { CalendarStore } from './calendar.store.js';
import { shapeViolations, workingTimeViolations, type CalendarSettings } from './calendar-settings.js';
import { ClockCalendars } from './clock-calendars.js';
import { PublicHolidays } from './public-holidays.cache.js';
import type { StoredCalendar } from './stored-calendar.js';

/** Runs in the same transaction, with all calendars before, and the one that was added or changed. */
export type Afterwards = (
  tx: Transaction,
  before: readonly StoredCalendar[],
  after: StoredCalendar,
) => Promise<void>;

/** Adds a calendar, or changes one; the clocks that run by it are re-timed. */
@Injectable()
export class PutCalendar {
  constructor(
    private readonly database: Database,
    private readonly calendars: CalendarStore,
    private readonly clockCalendars: ClockCalendars,
    private readonly publicHolidays: PublicHolidays,
    private readonly clock: Clock,
  ) {}

  /** @param afterwards as in {@link change} */
  add(settings: CalendarSettings, afterwards: Afterwards): Promise<StoredCalendar> {
    return this.database.transaction(async (tx) => {
      await this.calendars.lock(tx);
      const before = await this.calendars.list(tx);
      const after = { ...settings, id: randomUUID(), version: 1 };
      this.check(after);
      await this.save(tx, before, after);
      await afterwards(tx, before, after);
      return after;
    });
  }

  change(id: string, settings: CalendarSettings, afterwards: Afterwards): Promise<StoredCalendar> {
    return this.database.transaction(async (tx) => {
      await this.calendars.lock(tx);
      const { before, after } = await this.changed(tx, id, settings);
      await this.save(tx, before, after);
      await afterwards(tx, before, after);
      return after;
    });
  }

  /** All calendars, and this one as it would be. Nothing is stored. */
  async changed(
    reader: Queryable,
    id: string,
    settings: CalendarSettings,
  ): Promise<{ before: readonly StoredCalendar[]; after: StoredCalendar }> {
    this.check(settings);
    const before = await this.calendars.list(reader);
    const calendar = before.find((one) => one.id === id);
    if (!calendar) throw noSuchCalendar(id);
    return { before, after: { ...settings, id, version: calendar.version + 1 } };
  }

  /** @throws DomainError when it cannot be stored */
  private check(settings: CalendarSettings): void {
    const { country, region } = settings;
    const errors = [...shapeViolations(settings), ...this.placeViolations(country, region)];
    if (errors.length > 0) throw refused('invalid', errors);
    const now = this.clock.now().getTime();
    const calendar = this.clockCalendars.withHolidays({ ...settings, id: '', version: 0 }, now);
    const empty = workingTimeViolations(calendar, now);
    if (empty.length > 0) throw refused('unprocessable', empty);
  }

  private async save(
    tx: Transaction,
    before: readonly StoredCalendar[],
    calendar: StoredCalendar,
  ): Promise<void> {
    const others = before.filter(({ id }) => id !== calendar.id);
    if (others.some(({ name }) => name === calendar.name))
      throw refused('conflict', [{ pointer: '/name', detail: 'is the name of another calendar' }]);
    if (!calendar.isDefault && !others.some(({ isDefault }) => isDefault))
      throw refused('unprocessable', [
        { pointer: '/isDefault', detail: 'must be true: make another calendar the default instead' },
      ]);
    await this.calendars.save(tx, calendar);
  }

  private placeViolations(country: string | null, region: string | null): Violation[] {
    if (country === null)
      return region === null ? [] : [{ pointer: '/region', detail: 'is the part of a country: name it' }];
    if (!this.publicHolidays.knows(country, null))
      return [
        { pointer: '/country', detail: 'must be the code of a country with known holidays, such as DE' },
      ];
    return this.publicHolidays.knows(country, region)
      ? []
      : [{ pointer: '/region', detail: `must be the code of a part of ${country} with known holidays` }];
  }
}

export const noSuchCalendar = (id: string): DomainError =>
  new DomainError('not-found', `There is no calendar ${id}.`);

const refused = (
  code: 'invalid' | 'conflict' | 'unprocessable',
  errors: readonly Violation[],
): DomainError => {
  const { pointer, detail } = errors[0]!;
  return new DomainError(code, `${pointer === '' ? 'The calendar' : pointer.slice(1)} ${detail}.`, {
    errors,
  });
};
