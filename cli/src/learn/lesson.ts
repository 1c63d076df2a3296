import type { Study, Term } from '@baton/learning';
import type { LeadHistory } from './lead-history.js';
import type { LeadTable } from './lead-table.js';
import type { WalkReport } from './walk-report.js';

/** What `baton learn` found out about a file. */
export interface Lesson {
  readonly file: string;
  readonly table: LeadTable;
  readonly history: LeadHistory;
  readonly study: Study;
  /** Of each of the newest rows. */
  readonly terms: readonly (readonly Term[])[];
  readonly walk: WalkReport | undefined;
}
