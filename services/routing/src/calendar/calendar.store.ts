import type { Queryable, Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import type { StoredCalendar } from './stored-calendar.js';

const COLUMNS = `id, version, name, time_zone as "timeZone", hours, holidays, country, region, is_default as "isDefault"`;

/** Calendars of teams and sellers. */
@Injectable()
export class CalendarStore {
  list(reader: Queryable): Promise<StoredCalendar[]> {
    return reader.rows<StoredCalendar>(`select ${COLUMNS} from calendars order by name, id`);
  }

  async find(reader: Queryable, id: string): Promise<StoredCalendar | undefined> {
    const [calendar] = await reader.rows<StoredCalendar>(`select ${COLUMNS} from calendars where id = $1`, [
      id,
    ]);
    return calendar;
  }

  /** Inserts it, or replaces the one before; the caller has locked the calendars. */
  async save(tx: Transaction, calendar: StoredCalendar): Promise<void> {
    if (calendar.isDefault)
      await tx.rows('update calendars set is_default = false where is_default and id <> $1', [calendar.id]);
    await tx.rows(
      `insert into calendars (id, version, name, time_zone, hours, holidays, country, region, is_default)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (id) do update set version = excluded.version, name = excluded.name, time_zone = excluded.time_zone,
         hours = excluded.hours, holidays = excluded.holidays, country = excluded.country, region = excluded.region,
         is_default = excluded.is_default`,
      [
        calendar.id,
        calendar.version,
        calendar.name,
        calendar.timeZone,
        JSON.stringify(calendar.hours),
        JSON.stringify(calendar.holidays),
        calendar.country,
        calendar.region,
        calendar.isDefault,
      ],
    );
  }

  /** One change of calendars at a time. */
  async lock(tx: Transaction): Promise<void> {
    await tx.rows('lock table calendars in share row exclusive mode');
  }
}
