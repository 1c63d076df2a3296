import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');
const rules = readFileSync(join(ROOT, 'infra/prometheus/alerts.yml'), 'utf8');

/** Text of each rule, by alert name. */
const alerts = new Map(
  rules
    .split(/^ +- alert: /m)
    .slice(1)
    .map((text) => [/^\w+/.exec(text)?.[0] ?? '', text] as const),
);

/** Instruments declared in the code, as names of Prometheus. */
const declared = (): Set<string> => {
  const sources = ['libs', 'services'].flatMap((folder) =>
    readdirSync(join(ROOT, folder)).flatMap((name) => {
      const src = join(ROOT, folder, name, 'src');
      if (!existsSync(src)) return [];
      const files = readdirSync(src, { recursive: true, encoding: 'utf8' });
      return files
        .filter((file) => file.endsWith('.ts') && !file.includes('.spec.'))
        .map((file) => readFileSync(join(src, file), 'utf8'));
    }),
  );
  const names = sources.flatMap((source) =>
    [...source.matchAll(/create(\w+)\(\s*'(baton_\w+)'/g)].map(([, kind, name]) =>
      kind === 'Counter' ? `${name}_total` : `${name}`,
    ),
  );
  return new Set(names);
};

/** Anchors as GitHub makes them of headings. */
const anchors = (markdown: string): string[] =>
  [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );

describe('alert rules', () => {
  const metrics = declared();
  const headings = anchors(readFileSync(join(ROOT, 'docs/operations.md'), 'utf8'));

  it('exist, and instruments were found in the code', () => {
    expect(alerts.size).toBeGreaterThan(10);
    expect(metrics.has('baton_bus_reader_lag')).toBe(true);
  });

  it.each([...alerts])('%s uses metrics declared in the code', (_, rule) => {
    const used = rule.match(/\bbaton_\w+/g) ?? [];
    expect(used.filter((name) => !metrics.has(name))).toEqual([]);
  });

  it.each([...alerts])('%s has a runbook that is a heading of docs/operations.md', (_, rule) => {
    const [, anchor] = /runbook: docs\/operations\.md#(\S+)/.exec(rule) ?? [];
    expect(headings).toContain(anchor);
  });
});

describe('links inside docs/operations.md', () => {
  it('point to headings', () => {
    const text = readFileSync(join(ROOT, 'docs/operations.md'), 'utf8');
    const links = [...text.matchAll(/\]\(#([\w-]+)\)/g)].map(([, anchor]) => anchor);
    expect(links.filter((anchor) => !anchors(text).includes(anchor as string))).toEqual([]);
  });
});
