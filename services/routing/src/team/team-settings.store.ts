import type { Queryable, Transaction } from '@baton/bus';
import { DomainError, type User } from '@baton/platform';
import { Injectable } from '@nestjs/common';

/** A team as people see and change it. The name identifies it. */
export interface TeamSettings {
  readonly name: string;
  /** Ids of the managers who see and decide its hand-offs; none: all managers do. */
  readonly managers: readonly string[];
  /** Of its sellers without a calendar of their own; null: the default. */
  readonly calendarId: string | null;
}

/** Whose leads a manager sees. */
export interface LedTeams {
  readonly all: boolean;
  /** Ids; empty when it is all. */
  readonly sellers: readonly string[];
}

/** The condition on a row of `teams` that a manager, a placeholder of the query, leads it. */
export const ledBy = (manager: string): string => `(managers = '[]' or managers ? ${manager}::text)`;

/** Teams with those who lead them. */
@Injectable()
export class TeamSettingsStore {
  list(reader: Queryable): Promise<TeamSettings[]> {
    return reader.rows('select name, managers, calendar_id as "calendarId" from teams order by name');
  }

  /** Inserts a team. @returns false when there is one of this name */
  async add(tx: Transaction, { name, managers, calendarId }: TeamSettings): Promise<boolean> {
    const added = await tx.rows(
      'insert into teams (name, managers, calendar_id) values ($1, $2, $3) on conflict do nothing returning name',
      [name, JSON.stringify(managers), calendarId],
    );
    return added.length > 0;
  }

  /** @returns the team as it was; undefined when there is none of this name */
  async change(
    tx: Transaction,
    { name, managers, calendarId }: TeamSettings,
  ): Promise<TeamSettings | undefined> {
    const [before] = await tx.rows<TeamSettings>(
      `with old as (select name, managers, calendar_id from teams where name = $1 for update),
       changed as (update teams set managers = $2, calendar_id = $3 where name = $1)
       select name, managers, calendar_id as "calendarId" from old`,
      [name, JSON.stringify(managers), calendarId],
    );
    return before;
  }

  /** Ids of the sellers of a team. */
  async sellersOf(tx: Transaction, name: string): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>('select id from sellers where team = $1', [name]);
    return rows.map(({ id }) => id);
  }

  /** Whether a manager leads every team, and else the sellers of those they lead. A new team has nobody who is left out. */
  async sellersLedBy(reader: Queryable, managerId: string, limit: number): Promise<LedTeams> {
    const [row] = await reader.rows<LedTeams>(
      `with led as (select name from teams where ${ledBy('$1')})
       select not exists (select from teams where name not in (select name from led)) as "all",
         array(select id from sellers where team in (select name from led) order by id limit $2)::text[] as sellers`,
      [managerId, limit],
    );
    return row!.all ? { all: true, sellers: [] } : row!;
  }

  /** @throws DomainError `forbidden` for a manager who does not lead the team */
  async requireLed(reader: Queryable, { id, role }: User, team: string): Promise<void> {
    if (role === 'manager' && !(await this.isLedBy(reader, team, id)))
      throw new DomainError(
        'forbidden',
        `You do not lead the team ${team}; its managers or operations change it.`,
      );
  }

  /** A team that works by one of these calendars and that the manager does not lead. Null: the default calendar, which every team has. */
  async notLedWith(
    reader: Queryable,
    managerId: string,
    calendarIds: readonly (string | null)[],
  ): Promise<string | undefined> {
    const [team] = await reader.rows<{ name: string }>(
      `select name from teams where not ${ledBy('$1')} and ($3 or calendar_id = any($2::uuid[])
         or exists (select from sellers where sellers.team = teams.name and sellers.calendar_id = any($2::uuid[])))
       order by name limit 1`,
      [managerId, calendarIds.filter((id) => id !== null), calendarIds.includes(null)],
    );
    return team?.name;
  }

  async isLedBy(reader: Queryable, team: string, managerId: string): Promise<boolean> {
    const rows = await reader.rows(`select from teams where name = $1 and ${ledBy('$2')}`, [team, managerId]);
    return rows.length > 0;
  }
}
