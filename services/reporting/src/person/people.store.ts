import type { Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { ReportingConfig } from '../reporting.config.js';
import { notifyFigures } from '../report/figures.store.js';
import { PATH_COLUMNS, PATHS_OF, PEOPLE_OF, PERSON_COLUMNS } from './derivation.store.js';
import { membersOf, withPeople } from './membership.store.js';

const setOf = (columns: readonly string[]): string =>
  columns.map((column) => `${column} = excluded.${column}`).join(', ');
const rowOf = (name: string, columns: readonly string[]): string =>
  `(${columns.map((column) => `${name}.${column}`).join(', ')})`;
const [, ...PERSON_FIGURES] = PERSON_COLUMNS;
const [, , ...PATH_FIGURES] = PATH_COLUMNS;

/** People that are derived with one statement. */
const MAX_DERIVED = 2_000;

const LOCK = 'select from people where lead_id = any($1::uuid[]) order by lead_id for update';

/** SQL: `derived` and `walked` have what is to be stored. */
const DERIVED = `with ${PEOPLE_OF}, ${PATHS_OF}, due as (select ${PATH_COLUMNS.join(', ')} from walked where at is not null)`;

/** Stored rows that differ from the facts, those that are missing or too many included. */
export interface Difference {
  readonly people: number;
  readonly paths: number;
}

/** SQL: leads with rows in one of the two that the other does not have. */
const differing = (table: string, columns: readonly string[], due: string): string => {
  const list = columns.join(', ');
  const stored = `select ${list} from ${table} where lead_id = any($1::uuid[])`;
  return `(select count(distinct ${table === 'paths' ? '(lead_id, milestone)' : 'lead_id'})::int from (
    (select ${list} from ${due} except ${stored}) union all (${stored} except select ${list} from ${due})) as ${table}_differ)`;
};

/**
 * Keeps `people` and `paths` equal to what follows from the facts. The rows of all people that a transaction changes are locked before facts
 * are read, so that of two transactions with facts of one person the second sees those of the first.
 */
@Injectable()
export class PeopleStore {
  constructor(private readonly config: ReportingConfig) {}

  /**
   * Derives the people these leads are, after their facts are written. The last statements of a transaction. `more` tells leads that
   * can be known only under the locks.
   */
  async derive(
    tx: Transaction,
    leadIds: readonly string[],
    more: () => Promise<readonly string[]> = () => Promise.resolve([]),
  ): Promise<void> {
    if (leadIds.length === 0) return;
    const people = await this.lock(tx, leadIds, more);
    for (let done = 0; done < people.length; done += MAX_DERIVED)
      await this.store(tx, people.slice(done, done + MAX_DERIVED));
    await notifyFigures(tx);
  }

  /** Compares what is stored of leads with their facts under locks, and with `mend` stores what follows from these. */
  async compare(tx: Transaction, leadIds: readonly string[], mend: boolean): Promise<Difference> {
    if (leadIds.length === 0) return { people: 0, paths: 0 };
    await tx.rows(LOCK, [leadIds]);
    if (mend) return this.store(tx, leadIds);
    const [difference] = await tx.rows<Difference>(
      `${DERIVED} select ${differing('people', PERSON_COLUMNS, 'derived')} as people, ${differing('paths', PATH_COLUMNS, 'due')} as paths`,
      await this.valuesOf(tx, leadIds),
    );
    return difference!;
  }

  /** Locks leads and the people they are. A merge that was committed meanwhile adds another person. */
  private async lock(
    tx: Transaction,
    leadIds: readonly string[],
    more: () => Promise<readonly string[]>,
  ): Promise<string[]> {
    const locked = new Set<string>();
    for (;;) {
      const wanted = await withPeople(tx, [...leadIds, ...(await more())]);
      const open = wanted.filter((id) => !locked.has(id));
      if (open.length === 0) return [...locked];
      await tx.rows(
        `insert into people (lead_id) select * from unnest($1::uuid[]) as id order by 1 on conflict do nothing`,
        [open],
      );
      await tx.rows('select from people where lead_id = any($1::uuid[]) order by lead_id for update', [open]);
      open.forEach((id) => locked.add(id));
    }
  }

  /** @returns how many rows were not as they are now */
  private async store(tx: Transaction, leadIds: readonly string[]): Promise<Difference> {
    const [difference] = await tx.rows<Difference>(
      `${DERIVED}, gone as (
         delete from paths p using walked w where p.lead_id = w.lead_id and p.milestone = w.milestone and w.at is null
         returning 1
       ), moved as (
         insert into paths as p (${PATH_COLUMNS.join(', ')}) select * from due
         on conflict (lead_id, milestone) do update set ${setOf(PATH_FIGURES)}
         where ${rowOf('p', PATH_FIGURES)} is distinct from ${rowOf('excluded', PATH_FIGURES)}
         returning 1
       ), changed as (
       insert into people as p (${PERSON_COLUMNS.join(', ')}) select ${PERSON_COLUMNS.join(', ')} from derived
       on conflict (lead_id) do update set ${setOf(PERSON_FIGURES)}
       where ${rowOf('p', PERSON_FIGURES)} is distinct from ${rowOf('excluded', PERSON_FIGURES)}
       returning 1
       )
       select (select count(*)::int from changed) as people,
         (select count(*)::int from gone) + (select count(*)::int from moved) as paths`,
      await this.valuesOf(tx, leadIds),
    );
    return difference!;
  }

  private async valuesOf(tx: Transaction, leadIds: readonly string[]): Promise<unknown[]> {
    return [leadIds, await membersOf(tx, leadIds), this.config.currency, this.config.lookbackDays];
  }
}
