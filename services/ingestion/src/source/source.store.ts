import { Database } from '@baton/bus';
import { DomainError, ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { KeyRules } from './write-key-rules.js';
import { insertKey, newKeyOf, unknownSource, WriteKeyStore } from './write-key.store.js';

/** What every request of a source needs. */
export interface SourceSettings {
  readonly id: string;
  /** User agents, by their start, of programs that send on behalf of people although they look like robots. */
  readonly personAgents: readonly string[];
  /** Events published a day (UTC); more are held until there is room. Null is no limit. */
  readonly eventsPerDay: number | null;
  /** Newest first; those in force and the last ones that ended. */
  readonly keys: readonly KeyRules[];
}

/** A write key and its source. */
export interface KnownKey {
  readonly key: KeyRules;
  readonly source: SourceSettings;
}

export interface Source extends Omit<SourceSettings, 'keys'> {
  readonly name: string;
  readonly createdAt: Date;
}

/** What people decide about a source. */
export type SourceChange = Omit<Source, 'id' | 'createdAt'>;

export interface ChangedSource {
  readonly before: Source;
  readonly after: Source;
}

const MAX_PERSON_AGENTS = 100;
const SETTINGS = `id, person_agents as "personAgents", events_per_day::float8 as "eventsPerDay"`;
const COLUMNS = `${SETTINGS}, name, created_at as "createdAt"`;

const FIRST_KEY = { name: 'First key', endsAt: null, origins: [], kinds: [] };

@Injectable()
export class SourceStore {
  constructor(
    private readonly database: Database,
    private readonly reads: ReadDatabase,
    private readonly keys: WriteKeyStore,
  ) {}

  /** Creates a source with its first write key, which cannot be read again. @throws DomainError `conflict` for a taken id */
  async create(id: string, name: string, now: Date): Promise<{ id: string; writeKey: string }> {
    const key = newKeyOf(id, FIRST_KEY, now);
    await this.database.transaction(async (tx) => {
      const made = await tx.rows(
        'insert into sources (id, name) values ($1, $2) on conflict do nothing returning id',
        [id, name],
      );
      if (made.length === 0)
        throw new DomainError('conflict', `There is a source "${id}" already; choose another id.`);
      await insertKey(tx, key);
    });
    return { id, writeKey: key.writeKey };
  }

  /** At most `limit` sources whose id comes after `after`, by id. */
  list(after: string, limit: number): Promise<Source[]> {
    return this.reads.rows<Source>(`select ${COLUMNS} from sources where id > $1 order by id limit $2`, [
      after,
      limit,
    ]);
  }

  /** @throws DomainError `not-found` */
  update(id: string, { name, eventsPerDay, personAgents }: SourceChange): Promise<ChangedSource> {
    const agents = personAgents.map((agent) => agent.trim().toLowerCase());
    return this.database.transaction(async (tx) => {
      const [before] = await tx.rows<Source>(`select ${COLUMNS} from sources where id = $1 for update`, [id]);
      if (!before) throw unknownSource(id);
      const [after] = await tx.rows<Source>(
        `with changed as (
           update sources set name = $2, events_per_day = $3, person_agents = $4 where id = $1 returning *
         ) select ${COLUMNS} from changed`,
        [id, name, eventsPerDay, agents],
      );
      return { before, after: after! };
    });
  }

  /** Takes what a user agent sends as sent by people from now on. */
  async addPersonAgent(id: string, agent: string): Promise<void> {
    await this.database.rows(
      `update sources set person_agents = array_append(person_agents, $2)
       where id = $1 and $2 <> all(person_agents) and cardinality(person_agents) < $3`,
      [id, agent.toLowerCase(), MAX_PERSON_AGENTS],
    );
  }

  /** Every source by id, and every write key by its hash (hexadecimal). */
  async all(): Promise<{ byId: Map<string, SourceSettings>; byKey: Map<string, KnownKey> }> {
    const settings = await this.database.rows<Omit<SourceSettings, 'keys'>>(
      `select ${SETTINGS} from sources`,
    );
    const keysOf = new Map(settings.map(({ id }) => [id, [] as KeyRules[]]));
    const byId = new Map(settings.map((each) => [each.id, { ...each, keys: keysOf.get(each.id)! }]));
    const byKey = new Map<string, KnownKey>();
    for (const { hash, sourceId, ...key } of await this.keys.all()) {
      const source = byId.get(sourceId);
      if (!source) continue;
      keysOf.get(sourceId)!.push(key);
      byKey.set(hash, { key, source });
    }
    return { byId, byKey };
  }
}
