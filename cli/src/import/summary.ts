import type { Counts } from './import-state.js';

const MAX_KINDS = 20;

/** What became of the rows of a file, also those of earlier calls. */
export const summaryOf = (counts: Counts, before: number): string => {
  const { rows, leads, activities, outcomes, skipped, failed, faults } = counts;
  const kinds = Object.entries(faults).sort(([, m], [, n]) => n - m);
  return [
    `${count(rows, 'row')}${before > 0 ? `, ${rows - before} of them new` : ''}: ${count(leads, 'lead')}, ${count(activities, 'activity')}, ${count(outcomes, 'outcome')}, ${skipped} skipped, ${failed} failed.`,
    ...kinds.slice(0, MAX_KINDS).map(([kind, number]) => `${String(number).padStart(8)}  ${kind}`),
    ...(kinds.length > MAX_KINDS ? [`          and ${kinds.length - MAX_KINDS} more kinds`] : []),
  ].join('\n');
};

const PLURAL: Readonly<Record<string, string>> = {
  row: 'rows',
  lead: 'leads',
  activity: 'activities',
  outcome: 'outcomes',
};

const count = (number: number, what: string): string => `${number} ${number === 1 ? what : PLURAL[what]}`;
