import { escapeIdentifier, escapeLiteral } from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database, Transaction } from '../database/database.js';

/** Max time a reader is held while its rebuild reads the last messages before the switch, ms. */
const MAX_HELD_MS = 3_000;

export interface RebuildOf {
  /** The reader's name. */
  readonly key: string;
  /** The name under which the rebuild keeps its own progress. */
  readonly shadowKey: string;
  readonly tables: readonly string[];
  readonly version: number;
}

/** Names of the service's schema and of the one that holds the copies. */
interface Schemas {
  readonly live: string;
  readonly shadow: string;
}

const schemasOf = async (tx: Transaction): Promise<Schemas> => {
  const [row] = await tx.rows<{ live: string }>('select current_schema() as live');
  return { live: row!.live, shadow: `${row!.live}_rebuild` };
};

/**
 * Statements that open every transaction of a rebuild: unqualified table names find the copies, and nothing is written once
 * the rebuild has ended, when they would find the live tables.
 */
export const openingOf = (key: string, schema: string): string =>
  `do $$ begin
     perform from readers where reader = ${escapeLiteral(key)} and rebuild = 'running' for share;
     if not found then raise exception 'the rebuild has ended' using errcode = 'query_canceled'; end if;
   end $$;
   set local search_path to ${escapeIdentifier(`${schema}_rebuild`)}, ${escapeIdentifier(schema)};`;

/** Makes empty copies of the tables and forgets an earlier try. Returns false when no rebuild is requested. */
export const beginRebuild = (database: Database, { key, shadowKey, tables }: RebuildOf): Promise<boolean> =>
  database.transaction(async (tx) => {
    const requested = await tx.rows(
      `select from readers where reader = $1 and rebuild = 'requested' for update`,
      [key],
    );
    if (requested.length === 0) return false;
    const { live, shadow } = await schemasOf(tx);
    await requireSchema(tx, shadow);
    for (const table of tables) await copyTable(tx, table, { live, shadow });
    await forget(tx, shadowKey);
    await tx.rows(`update readers set rebuild = 'running', rebuild_since = now() where reader = $1`, [key]);
    return true;
  });

/** An empty table like the live one, partitions and settings of its storage included. */
const copyTable = async (tx: Transaction, table: string, { live, shadow }: Schemas): Promise<void> => {
  const name = escapeIdentifier(table);
  const [original] = await tx.rows<{ key: string | null; settings: string | null }>(
    `select pg_get_partkeydef(oid) as key, array_to_string(reloptions, ', ') as settings from pg_class where oid = $1::regclass`,
    [`${escapeIdentifier(live)}.${name}`],
  );
  const { key, settings } = original!;
  await tx.rows(`drop table if exists ${escapeIdentifier(shadow)}.${name}`);
  await tx.rows(
    `create table ${escapeIdentifier(shadow)}.${name} (like ${escapeIdentifier(live)}.${name} including all)
     ${key ? `partition by ${key}` : ''} ${settings ? `with (${settings})` : ''}`,
  );
  for (const part of await partitionsOf(tx, live, table))
    await tx.rows(
      `create table ${escapeIdentifier(shadow)}.${escapeIdentifier(part.name)} partition of ${escapeIdentifier(shadow)}.${name}
       ${part.bound} ${part.settings ? `with (${part.settings})` : ''}`,
    );
};

interface Partition {
  readonly name: string;
  /** Such as `FOR VALUES IN ('won')`. */
  readonly bound: string;
  readonly settings: string | null;
}

/** None of a table that is not partitioned. */
const partitionsOf = (tx: Transaction, schema: string, table: string): Promise<Partition[]> =>
  tx.rows<Partition>(
    `select relname as name, pg_get_expr(relpartbound, oid) as bound, array_to_string(reloptions, ', ') as settings
     from pg_class join pg_inherits on inhrelid = oid where inhparent = $1::regclass order by relname`,
    [`${escapeIdentifier(schema)}.${escapeIdentifier(table)}`],
  );

const requireSchema = async (tx: Transaction, schema: string): Promise<void> => {
  const found = await tx.rows('select from pg_namespace where nspname = $1', [schema]);
  if (found.length === 0) await tx.rows(`create schema ${escapeIdentifier(schema)}`);
};

const forget = async (tx: Transaction, key: string): Promise<void> => {
  for (const table of ['positions', 'sequences', 'dead_letters', 'readers'])
    await tx.rows(`delete from ${table} where reader = $1`, [key]);
};

/**
 * Switches to the copies when they are complete: holds the reader, waits until the rebuild has read as far, and moves tables,
 * positions, sequences and dead letters over in one commit. Returns whether it switched.
 */
export const switchRebuild = (database: Database, rebuild: RebuildOf): Promise<boolean> =>
  database.transaction(async (tx) => {
    const { key, shadowKey } = rebuild;
    // Far behind: the reader is not held for it.
    if (!(await hasReached(tx, rebuild, 5_000n))) return false;
    await tx.rows(`select from positions where reader = $1 order by topic, partition for update`, [key]);
    const until = Date.now() + MAX_HELD_MS;
    while (!(await hasReached(tx, rebuild, 0n))) {
      if (Date.now() > until) return false;
      await pause(20);
    }
    // Waits for transactions of the rebuild under way; later ones find that it has ended.
    const running = await tx.rows(
      `select from readers where reader = $1 and rebuild = 'running' for update`,
      [key],
    );
    if (running.length === 0) return false;
    const schemas = await schemasOf(tx);
    const views = await detachViews(tx, schemas.live);
    for (const table of rebuild.tables) await moveTable(tx, table, schemas);
    for (const { name, definition } of views)
      await tx.rows(`create or replace view ${name} as ${definition}`);
    await moveLetters(tx, key, shadowKey);
    for (const table of ['positions', 'sequences']) {
      await tx.rows(`delete from ${table} where reader = $1`, [key]);
      await tx.rows(`update ${table} set reader = $1 where reader = $2`, [key, shadowKey]);
    }
    await forget(tx, shadowKey);
    await tx.rows(
      `update readers set rebuild = null, rebuild_since = null, version = $2, generation = generation + 1
       where reader = $1`,
      [key, rebuild.version],
    );
    return true;
  });

/** Whether the rebuild is at most `behind` messages behind the reader, in every partition. */
const hasReached = async (
  tx: Transaction,
  { key, shadowKey }: RebuildOf,
  behind: bigint,
): Promise<boolean> => {
  const rows = await tx.rows(
    `select from positions as live
     left join positions as shadow on shadow.reader = $2 and shadow.topic = live.topic
       and shadow.partition = live.partition
     where live.reader = $1 and live.next_offset > 0
       and coalesce(shadow.next_offset, 0) + $3::bigint < live.next_offset limit 1`,
    [key, shadowKey, behind.toString()],
  );
  return rows.length === 0;
};

interface View {
  /** Quoted. */
  readonly name: string;
  readonly definition: string;
}

/**
 * Makes the views of the schema read nothing, so that the tables below them can be dropped, and returns what they read, in the order in which
 * they were created. Replaced instead of dropped, they keep their grants.
 */
const detachViews = async (tx: Transaction, live: string): Promise<View[]> => {
  const views = await tx.rows<View & { empty: string }>(
    `select quote_ident(c.relname) as name, pg_get_viewdef(c.oid) as definition, 'select ' || string_agg(
       format('null::%s', format_type(atttypid, atttypmod))
         || coalesce((select format(' collate %I.%I', n.nspname, collname) from pg_collation l
              join pg_namespace n on n.oid = collnamespace where l.oid = attcollation and collname <> 'default'), '')
         || ' as ' || quote_ident(attname), ', ' order by attnum) as empty
     from pg_class c join pg_attribute a on attrelid = c.oid and attnum > 0 and not attisdropped
     where relkind = 'v' and relnamespace = $1::regnamespace group by c.oid, c.relname order by c.oid`,
    [escapeIdentifier(live)],
  );
  for (const { name, empty } of views) await tx.rows(`create or replace view ${name} as ${empty}`);
  return views;
};

interface Index {
  readonly name: string;
  readonly definition: string;
}

/** Replaces a table by its copy. Indexes and their constraints get the names they had: migrations refer to them. */
const moveTable = async (tx: Transaction, table: string, { live, shadow }: Schemas): Promise<void> => {
  const before = await indexesOf(tx, live, table);
  const copies = await indexesOf(tx, shadow, table);
  await tx.rows(`drop table ${escapeIdentifier(live)}.${escapeIdentifier(table)}`);
  const parts = await partitionsOf(tx, shadow, table);
  for (const name of [table, ...parts.map(({ name }) => name)])
    await tx.rows(
      `alter table ${escapeIdentifier(shadow)}.${escapeIdentifier(name)} set schema ${escapeIdentifier(live)}`,
    );
  for (const { name, definition } of before) {
    const index = copies.findIndex((copy) => copy.definition === definition);
    const [copy] = index < 0 ? [] : copies.splice(index, 1);
    if (copy && copy.name !== name)
      await tx.rows(
        `alter index ${escapeIdentifier(live)}.${escapeIdentifier(copy.name)} rename to ${escapeIdentifier(name)}`,
      );
  }
};

/** A table's indexes with what they index, without names. */
const indexesOf = async (tx: Transaction, schema: string, table: string): Promise<Index[]> => {
  const rows = await tx.rows<Index>(
    `select indexname as name, indexdef as definition from pg_indexes where schemaname = $1 and tablename = $2
     order by indexname`,
    [schema, table],
  );
  return rows.map(({ name, definition }) => ({
    name,
    definition: definition.replace(/^CREATE( UNIQUE)? INDEX \S+ ON( ONLY)? \S+ /, '$1 '),
  }));
};

/** What failed again in the rebuild stays a letter; what was handled in it is done. */
const moveLetters = async (tx: Transaction, key: string, shadowKey: string): Promise<void> => {
  const same = `one.topic = other.topic and one.partition = other.partition
    and one.record_offset = other.record_offset and one.hash = other.hash`;
  await tx.rows(
    `update dead_letters as one set state = 'done', resolved_at = now()
     where reader = $1 and state in ('waiting', 'requested')
       and not exists (select from dead_letters as other where other.reader = $2 and ${same})`,
    [key, shadowKey],
  );
  await tx.rows(
    `update dead_letters as one set reader = $1
     where reader = $2 and not exists (select from dead_letters as other where other.reader = $1 and ${same})`,
    [key, shadowKey],
  );
};
