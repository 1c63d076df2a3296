import { Database, type Queryable } from '@baton/bus';
import type { User } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { ledBy } from '../team/team-settings.store.js';
import { defaultSettings, type NoticeSettings } from './notice-settings.js';

/** How people want to be told. A person is known from the first look at the notices on. */
@Injectable()
export class NoticeSettingsStore {
  constructor(private readonly database: Database) {}

  /** The person's settings, with the role they have now. */
  async of({ id, role }: Pick<User, 'id' | 'role'>): Promise<NoticeSettings> {
    const [row] = await this.database.rows<Row>('select settings from notice_settings where user_id = $1', [
      id,
    ]);
    const settings = { ...defaultSettings(id, role), ...row?.settings, userId: id, role };
    if (row?.settings.role !== role) await this.save(settings);
    return settings;
  }

  /** By user id; those who are not known have the defaults. */
  async ofAll(tx: Queryable, userIds: readonly string[]): Promise<Map<string, NoticeSettings>> {
    const rows = await tx.rows<Row>('select settings from notice_settings where user_id = any($1::uuid[])', [
      userIds,
    ]);
    const known = new Map(rows.map(({ settings }) => [settings.userId, settings]));
    return new Map(userIds.map((id) => [id, known.get(id) ?? defaultSettings(id, 'seller')]));
  }

  known(userIds: readonly string[]): Promise<Map<string, NoticeSettings>> {
    return this.ofAll(this.database, userIds);
  }

  /** By seller, the managers who lead their team. */
  async managersOf(tx: Queryable, sellerIds: readonly string[]): Promise<Map<string, readonly string[]>> {
    const rows = await tx.rows<{ id: string; managers: string[] }>(
      `select sellers.id, array_agg(user_id::text) as managers
       from sellers join teams on teams.name = sellers.team
       join notice_settings on settings ->> 'role' = 'manager' and ${ledBy('user_id')}
       where sellers.id = any($1::uuid[]) group by sellers.id`,
      [sellerIds],
    );
    return new Map(rows.map(({ id, managers }) => [id, managers]));
  }

  async save(settings: NoticeSettings): Promise<void> {
    await this.database.rows(
      `insert into notice_settings (user_id, settings) values ($1, $2)
       on conflict (user_id) do update set settings = excluded.settings`,
      [settings.userId, JSON.stringify(settings)],
    );
  }
}

interface Row {
  readonly settings: NoticeSettings;
}
