import { columnOfTexts, type Column, type InferredColumn } from '@baton/learning';
import { CliError } from '../cli-error.js';
import { columnIndex, textsOf, type LeadTable } from './lead-table.js';
import { outcomesOf, type Outcomes } from './outcomes.js';
import { fileOrder, orderBy, type RowOrder } from './row-order.js';

export interface HistoryOptions {
  readonly outcome: string;
  readonly positive?: string;
  readonly at?: string;
  readonly leaveOut?: string;
}

/** The rows of a file that have an outcome, oldest first. */
export interface LeadHistory {
  readonly columns: readonly Column[];
  readonly inferred: readonly InferredColumn[];
  readonly outcomes: Float64Array;
  readonly instants: Float64Array | undefined;
  /** Of each row: its number among the rows of the file, from 1, and its line. */
  readonly rows: readonly { readonly number: number; readonly line: number }[];
  readonly labels: Outcomes;
  readonly order: RowOrder;
  readonly at: string | undefined;
  /** Columns of --leave-out. */
  readonly unwanted: readonly string[];
  readonly withoutOutcome: number;
}

/** @throws CliError when a named column does not exist or has no such content */
export const leadHistoryOf = (table: LeadTable, options: HistoryOptions): LeadHistory => {
  const outcome = columnIndex(table, options.outcome, '--outcome');
  const at = options.at === undefined ? undefined : columnIndex(table, options.at, '--at');
  if (at === outcome)
    throw new CliError('--at and --outcome name the same column.', 'Name the column that orders the rows.');
  const unwanted = columnsNamed(table, options.leaveOut ?? '', '--leave-out');
  const labels = outcomesOf(textsOf(table, outcome), table.names[outcome]!, options.positive);
  const order =
    at === undefined ? fileOrder(table.rows.length) : orderBy(textsOf(table, at), table.names[at]!);
  const rows = order.rows.filter((row) => labels.labels[row] !== undefined);
  const inferred = table.names.flatMap((name, column) =>
    column === outcome || column === at || unwanted.includes(column)
      ? []
      : [
          columnOfTexts(
            name,
            rows.map((row) => table.rows[row]!.cells[column]!),
          ),
        ],
  );
  return {
    columns: inferred.map(({ column }) => column),
    inferred,
    outcomes: Float64Array.from(rows, (row) => labels.labels[row]!),
    instants: order.kind === 'date' ? Float64Array.from(rows, (row) => order.values![row]!) : undefined,
    rows: rows.map((row) => ({ number: row + 1, line: table.rows[row]!.line })),
    labels,
    order,
    at: at === undefined ? undefined : table.names[at]!,
    unwanted: unwanted.map((column) => table.names[column]!),
    withoutOutcome: table.rows.length - rows.length,
  };
};

/** Columns of a list with commas between the names; a name that contains one is taken alone. */
export const columnsNamed = (table: LeadTable, list: string, flag: string): number[] => {
  if (table.names.includes(list)) return [table.names.indexOf(list)];
  const names = list.split(',').map((name) => name.trim());
  return names.filter((name) => name !== '').map((name) => columnIndex(table, name, flag));
};
