import type { Database } from '@baton/bus';

/**
 * The tables of a schema with any of these texts in any column, whatever its type, in either case; bytes as the text they are. Asks the
 * catalogue of PostgreSQL, so that a table added later is looked at as well.
 */
export const tablesNaming = async (
  database: Database,
  schema: string,
  texts: readonly string[],
): Promise<string[]> => {
  const columns = await database.rows<{ table: string; name: string; type: string }>(
    `select table_name as "table", column_name as name, data_type as type
     from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_schema = $1 and table_type = 'BASE TABLE' order by 1`,
    [schema],
  );
  if (columns.length === 0) throw new Error(`the schema ${schema} has no tables`);
  const patterns = texts.map((text) => `%${text.replace(/[\\%_]/g, '\\$&')}%`);
  const found: string[] = [];
  for (const table of new Set(columns.map((column) => column.table))) {
    const values = columns
      .filter((column) => column.table === table)
      .map(({ name, type }) => (type === 'bytea' ? `encode("${name}", 'escape')` : `"${name}"::text`));
    const rows = await database.rows(
      `select from "${schema}"."${table}" where concat_ws(E'\\n', ${values.join(', ')}) ilike any($1::text[]) limit 1`,
      [patterns],
    );
    if (rows.length > 0) found.push(table);
  }
  return found;
};
