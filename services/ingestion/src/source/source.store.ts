import { Database } from '@baton/bus';
import { DomainError, ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';

/** What every request of a source needs. */
export interface SourceSettings {
  readonly id: string;
  /** User agents, by their start, of programs that send on behalf of people although they look like robots. */
  readonly personAgents: readonly string[];
  /** Events published a day (UTC); more are held until there is room. Null is no limit. */
  readonly eventsPerDay: number | null;
}

export interface Source extends SourceSettings {
  readonly name: string;
  readonly createdAt: Date;
}

const KEY_BYTES = 24;
const MAX_PERSON_AGENTS = 100;
const SETTINGS = `id, person_agents as "personAgents", events_per_day::float8 as "eventsPerDay"`;

/** A write key has 192 random bits: a plain hash of it is as good as a slow one, and can be looked up. */
export const hashOf = (writeKey: string): Buffer => createHash('sha256').update(writeKey).digest();

@Injectable()
export class SourceStore {
  constructor(
    private readonly database: Database,
    private readonly reads: ReadDatabase,
  ) {}

  /** Creates a source with its first write key, which cannot be read again. @throws DomainError `conflict` for a taken id */
  async create(id: string, name: string): Promise<{ id: string; writeKey: string }> {
    const writeKey = `wk_${randomBytes(KEY_BYTES).toString('base64url')}`;
    await this.database.transaction(async (tx) => {
      const made = await tx.rows(
        'insert into sources (id, name) values ($1, $2) on conflict do nothing returning id',
        [id, name],
      );
      if (made.length === 0)
        throw new DomainError('conflict', `There is a source "${id}" already; choose another id.`);
      await tx.rows('insert into write_keys (hash, source_id) values ($1, $2)', [hashOf(writeKey), id]);
    });
    return { id, writeKey };
  }

  /** At most `limit` sources whose id comes after `after`, by id. */
  list(after: string, limit: number): Promise<Source[]> {
    return this.reads.rows<Source>(
      `select ${SETTINGS}, name, created_at as "createdAt" from sources where id > $1 order by id limit $2`,
      [after, limit],
    );
  }

  /** @throws DomainError `not-found` */
  async update(
    id: string,
    { name, eventsPerDay, personAgents }: Omit<Source, 'id' | 'createdAt'>,
  ): Promise<void> {
    const agents = personAgents.map((agent) => agent.trim().toLowerCase());
    const updated = await this.database.transaction((tx) =>
      tx.rows(
        'update sources set name = $2, events_per_day = $3, person_agents = $4 where id = $1 returning id',
        [id, name, eventsPerDay, agents],
      ),
    );
    if (updated.length === 0) throw unknownSource(id);
  }

  /** Takes what a user agent sends as sent by people from now on. */
  async addPersonAgent(id: string, agent: string): Promise<void> {
    await this.database.rows(
      `update sources set person_agents = array_append(person_agents, $2)
       where id = $1 and $2 <> all(person_agents) and cardinality(person_agents) < $3`,
      [id, agent.toLowerCase(), MAX_PERSON_AGENTS],
    );
  }

  /** Every source, by id and by the hash (hexadecimal) of each of its write keys. */
  async all(): Promise<{ byId: Map<string, SourceSettings>; byKey: Map<string, SourceSettings> }> {
    const sources = await this.database.rows<SourceSettings>(`select ${SETTINGS} from sources`);
    const keys = await this.database.rows<{ hash: Buffer; sourceId: string }>(
      'select hash, source_id as "sourceId" from write_keys',
    );
    const byId = new Map(sources.map((source) => [source.id, source]));
    const byKey = new Map(
      keys.flatMap(({ hash, sourceId }) => {
        const source = byId.get(sourceId);
        return source ? [[hash.toString('hex'), source] as const] : [];
      }),
    );
    return { byId, byKey };
  }
}

export const unknownSource = (id: string): DomainError =>
  new DomainError('not-found', `There is no source "${id}".`);
