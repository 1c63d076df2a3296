import type { ErasedRows } from '@baton/contracts';
import type { Transaction } from '../database/database.js';

/** Runs statements that delete or empty rows of an erased person. @returns how many of each table */
export const countErased = async (
  tx: Transaction,
  statements: readonly (readonly [place: string, statement: string])[],
  values: readonly unknown[],
): Promise<ErasedRows[]> => {
  const erased: ErasedRows[] = [];
  for (const [place, statement] of statements) {
    const [row] = await tx.rows<{ count: number }>(
      `with gone as (${statement} returning 1) select count(*)::integer as count from gone`,
      values,
    );
    erased.push({ place, count: row!.count });
  }
  return erased;
};
