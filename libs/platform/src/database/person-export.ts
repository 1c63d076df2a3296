import { IsUuid } from '@baton/contracts';
import { IsObject } from 'class-validator';
import type { ReadDatabase } from './read-database.js';

/** Rows of one kind in an export; of more than that the newest are given. */
const MAX_ROWS = 10_000;

export class PersonExportResponse {
  @IsUuid() readonly leadId!: string;
  /** By kind, the rows as they are stored, newest first: at most 10,000 of each. */
  @IsObject() readonly held!: Record<string, readonly object[]>;
}

/** What is held, by name: the table with a condition on the lead `$1`, and the column by which the newest come first. */
export type PersonParts = Readonly<Record<string, readonly [from: string, newest: string]>>;

/** What a service holds of a person, to be given to them. */
export const exportPerson = async (
  database: ReadDatabase,
  parts: PersonParts,
  leadId: string,
): Promise<PersonExportResponse> => {
  const held: Record<string, readonly object[]> = {};
  for (const [name, [from, newest]] of Object.entries(parts))
    held[name] = await database.rows(`select * from ${from} order by ${newest} desc limit ${MAX_ROWS}`, [
      leadId,
    ]);
  return { leadId, held };
};
