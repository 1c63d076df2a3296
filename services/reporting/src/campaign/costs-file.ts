import { isDate } from '@baton/contracts';

/** A row of costs, or why a line is none. */
export interface CostRow {
  readonly campaign: string;
  readonly day: string;
  readonly amount: number;
  readonly note: string;
}

export interface FileFault {
  readonly line: number;
  readonly detail: string;
}

/** Max lines of a file. */
export const MAX_LINES = 10_000;
const MAX_AMOUNT = 1e12;
const COLUMNS = ['campaign', 'day', 'amount', 'note'];

/**
 * Costs in CSV (RFC 4180) with a first line of names: campaign, day (2026-01-05), amount (1200.50) and, if any, note. All faults are
 * found; nothing of a faulty file is to be stored.
 */
export const costsIn = (text: string): { readonly rows: CostRow[]; readonly faults: FileFault[] } => {
  const lines = csvLines(text);
  const names = (lines[0] ?? []).map((name) => name.trim().toLowerCase());
  const missing = COLUMNS.slice(0, 3).filter((name) => !names.includes(name));
  if (missing.length > 0)
    return { rows: [], faults: [{ line: 1, detail: `has no column ${missing.join(', ')}` }] };
  if (lines.length > MAX_LINES + 1)
    return {
      rows: [],
      faults: [{ line: MAX_LINES + 2, detail: `is beyond the limit of ${MAX_LINES} lines` }],
    };
  const rows: CostRow[] = [];
  const faults: FileFault[] = [];
  for (const [index, fields] of lines.entries()) {
    if (index === 0 || fields.every((field) => field.trim() === '')) continue;
    const value = (name: string): string => fields[names.indexOf(name)]?.trim() ?? '';
    const row = {
      campaign: value('campaign'),
      day: value('day'),
      amount: Number(value('amount') || Number.NaN),
      note: names.includes('note') ? value('note') : '',
    };
    const detail = faultOf(row);
    if (detail === undefined) rows.push(row);
    else faults.push({ line: index + 1, detail });
  }
  return { rows, faults };
};

const faultOf = ({ campaign, day, amount, note }: CostRow): string | undefined => {
  if (campaign === '' || campaign.length > 256) return 'needs a campaign of at most 256 characters';
  if (!isDate(day)) return 'needs a day such as 2026-01-05';
  if (!(amount >= 0 && amount <= MAX_AMOUNT)) return 'needs an amount such as 1200.50, not negative';
  if (note.length > 256) return 'has a note of more than 256 characters';
  return undefined;
};

/** Fields of each line; quoted ones may contain separators, doubled quotes and line ends. */
const csvLines = (text: string): string[][] => {
  const lines: string[][] = [];
  let fields: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  const source = text.replace(/^\uFEFF/, '');
  while (field.lastIndex < source.length) {
    const found = field.exec(source);
    // A quote in the middle of a field: the rest of the line is one field, which no column accepts.
    if (!found) return [...lines, [...fields, source]];
    fields.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] !== ',') {
      lines.push(fields);
      fields = [];
    }
  }
  if (fields.length > 0) lines.push([...fields, '']);
  return lines;
};
