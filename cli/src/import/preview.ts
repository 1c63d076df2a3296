import { table } from '../table.js';
import type { Message } from './message.js';
import type { FileRow } from './row-reader.js';
import type { Mapping, Target } from './mapping.js';

const SHOWN_VALUE = 60;
const NAMES = new Set(['name', 'firstName', 'lastName', 'phone']);

/** The mapping as a table, for a person to confirm. */
export const mappingTable = (columns: readonly string[], mapping: Mapping): string =>
  table(
    [
      { title: 'COLUMN', value: (column) => column },
      { title: 'BECOMES', value: (column) => wordsOf(mapping.targetOf(column), column) },
    ],
    columns,
  );

const wordsOf = (target: Target, column: string): string => {
  switch (target.to) {
    case 'nothing':
      return '(ignored)';
    case 'field':
      return target.field;
    case 'property':
      return `property "${target.name}"`;
    case 'trait':
      return target.as === column || target.as === target.name ? `trait "${target.as}"` : target.as;
  }
};

/** What a row becomes, a line per message, with names, addresses and numbers of people masked. */
export const rowPreview = (row: FileRow, messages: readonly Message[], mapping: Mapping): string => {
  const people = new Set<unknown>();
  for (const [column, value] of row.values) {
    const target = mapping.targetOf(column);
    if (target.to === 'trait' && NAMES.has(target.as)) people.add(value);
  }
  const hidden = (_: string, value: unknown): unknown =>
    typeof value === 'string' ? masked(people.has(value) ? `${value.slice(0, 1)}…` : value) : value;
  const lines = messages.map(({ body }) => {
    const { messageId: _, ...shown } = body;
    return `  ${JSON.stringify(shown, hidden)}`;
  });
  return [`line ${row.line}:`, ...(lines.length > 0 ? lines : ['  nothing'])].join('\n');
};

/** `a…@engines.example`, wherever an address is in a text. */
const masked = (text: string): string => {
  const hidden = text.replaceAll(/([^\s@<>"']?)[^\s@<>"']*@/g, '$1…@');
  return hidden.length > SHOWN_VALUE ? `${hidden.slice(0, SHOWN_VALUE)}…` : hidden;
};
