import type { Transaction } from '../database/database.js';

/**
 * Deletes the rows of a table, which has a column `id` that counts up, whose text names an erased person.
 *
 * @param text an SQL expression of type text, or bytea in UTF-8. @param mentions see `mentionsAnyOf`.
 * @param page rows in memory at a time. @returns how many were deleted
 */
export const deleteMentioning = async (
  tx: Transaction,
  table: string,
  text: string,
  mentions: (text: string) => boolean,
  page = 500,
): Promise<number> => {
  let count = 0;
  for (let after = '0'; ;) {
    const rows = await tx.rows<{ id: string; text: string | Buffer | null }>(
      `select id, ${text} as text from ${table} where id > $1 order by id limit ${page}`,
      [after],
    );
    const erased = rows
      .filter((row) => row.text !== null && mentions(row.text.toString('utf8')))
      .map(({ id }) => id);
    if (erased.length > 0) await tx.rows(`delete from ${table} where id = any($1::bigint[])`, [erased]);
    count += erased.length;
    if (rows.length < page) return count;
    after = rows.at(-1)!.id;
  }
};
