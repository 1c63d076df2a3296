import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CHANNEL_RULES,
  CLICK_IDS,
  PAID_MEDIUM,
  SOURCES,
  SOURCE_SUFFIXES,
  SUBDOMAINS,
  type ClickId,
} from './known-origins.js';

const document = readFileSync(join(import.meta.dirname, '../../../../docs/channels.md'), 'utf8');

const row = (...cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');
const code = (text: RegExp | string | undefined): string =>
  text === undefined ? '' : `\`${typeof text === 'string' ? text : text.source}\``;
const list = (entries: readonly string[]): string => entries.map(code).join(' ');
const clickIdsOf = (click: ClickId): string[] =>
  CLICK_IDS.filter(({ source, medium }) => source === click.source && medium === click.medium).map(
    ({ parameter }) => parameter,
  );

const TABLES = {
  rules: table(
    ['channel', 'source', 'medium', 'campaign'],
    CHANNEL_RULES.map(({ channel, source = '', paid, medium, campaign }) => [
      channel,
      source,
      [paid ? 'paid' : '', code(medium)].filter((cell) => cell !== '').join(', '),
      code(campaign),
    ]),
  ),
  'paid mediums': code(PAID_MEDIUM),
  sources: table(
    ['category', 'entries'],
    Object.entries(SOURCES).map(([category, entries]) => [category, list(entries)]),
  ),
  subdomains: table(
    ['category', 'first labels'],
    Object.entries(SUBDOMAINS).map(([category, labels]) => [category, list(labels)]),
  ),
  additions: table(
    ['meaning', 'additions'],
    Object.entries(SOURCE_SUFFIXES).map(([meaning, suffixes]) => [meaning, list(suffixes)]),
  ),
  'click ids': table(
    ['parameters', 'source', 'medium'],
    CLICK_IDS.filter(({ parameter }, index) => clickIdsOf(CLICK_IDS[index]!)[0] === parameter).map(
      (click) => [list(clickIdsOf(click)), click.source, click.medium],
    ),
  ),
};

// After a change of the data, copy the table that this spec prints.
describe('docs/channels.md', () => {
  it.each(Object.entries(TABLES))('contains the %s that decide', (name, expected) => {
    const [, written] = new RegExp(`<!-- ${name} -->\\n([^]*?)\\n<!-- end -->`).exec(document) ?? [];
    expect(written).toBe(expected);
  });
});

describe('the known sources', () => {
  it('are in lower case, each in one category', () => {
    const entries = Object.values(SOURCES).flat();
    expect(entries).toEqual(entries.map((entry) => entry.toLowerCase()));
    expect(entries).toHaveLength(new Set(entries).size);
    const parameters = CLICK_IDS.map(({ parameter }) => parameter);
    expect(parameters).toEqual([...new Set(parameters)].map((parameter) => parameter.toLowerCase()));
  });
});
