import { describe, expect, it } from '@jest/globals';
import { changedSentences, changesBetween } from '@baton/definitions';
import { agreement } from './agreement.kind.js';

const standard: any = agreement.default;
const [all] = standard.segments;
const large = {
  ...all,
  key: 'large',
  name: 'Large companies',
  when: { fact: 'employees', atLeast: 1000 },
};
const document: any = JSON.parse(JSON.stringify({ ...standard, segments: [large, all] }));
const faultsOf = (changed: unknown) =>
  agreement.violationsOf(JSON.parse(JSON.stringify(changed))).map(({ pointer }) => pointer);
const changed = (change: (copy: any) => void): any => {
  const copy = structuredClone(document);
  change(copy);
  return copy;
};

describe('an agreement', () => {
  it('is refused with the path of each fault', () => {
    const wrong: [string, (copy: any) => void][] = [
      ['/period', (copy) => (copy.period = 'year')],
      ['/timeZone', (copy) => (copy.timeZone = 'Mars/Olympus')],
      ['/remediationDays', (copy) => (copy.remediationDays = 0)],
      ['/segments', (copy) => (copy.segments = [])],
      ['/segments/0/when', (copy) => delete copy.segments[0].when],
      ['/segments/0/when/fact', (copy) => (copy.segments[0].when = { fact: 'email', exists: true })],
      ['/segments/1/key', (copy) => (copy.segments[1].key = 'large')],
      ['/segments/1/name', (copy) => (copy.segments[1].name = 'Large companies')],
      ['/segments/0/marketing/leads', (copy) => (copy.segments[0].marketing.leads = -1)],
      [
        '/segments/0/marketing/complete/fields/0',
        (copy) => (copy.segments[0].marketing.complete.fields = ['email']),
      ],
      ['/segments/0/marketing/complete/fields', (copy) => (copy.segments[0].marketing.complete.fields = [])],
      ['/segments/0/sales/acceptInTimePercent', (copy) => (copy.segments[0].sales.acceptInTimePercent = 101)],
      ['/segments/0/sales/attempts/atLeast', (copy) => (copy.segments[0].sales.attempts.atLeast = 51)],
      ['/segments/0/sales/followUp', (copy) => delete copy.segments[0].sales.followUp],
      ['/segments/0/sales/calls', (copy) => (copy.segments[0].sales.calls = 1)],
    ];
    expect(faultsOf(document)).toEqual([]);
    for (const [path, change] of wrong) expect([path, faultsOf(changed(change))]).toEqual([path, [path]]);
  });

  it('tells every value that changes, once', () => {
    const leaves: [string, (copy: any) => void, string][] = [
      ['period', (copy) => (copy.period = 'week'), 'Counted each month → week'],
      ['zone', (copy) => (copy.timeZone = 'Europe/Vienna'), 'Counted in the time of UTC → Europe/Vienna'],
      ['days', (copy) => (copy.remediationDays = 1), 'A task for a miss is due after 5 days → 1 day'],
      [
        'when',
        (copy) => (copy.segments[0].when.atLeast = 500),
        'Segment large: is leads whose employees is at least 1000 → leads whose employees is at least 500',
      ],
      ['name', (copy) => (copy.segments[0].name = 'Big'), 'Segment large: named Large companies → Big'],
      [
        'leads',
        (copy) => (copy.segments[0].marketing.leads = 40),
        'Large companies, leads: at least 0 sales-ready leads → 40 sales-ready leads',
      ],
      [
        'accepted',
        (copy) => (copy.segments[0].marketing.acceptedPercent = 60),
        'Large companies, accepted: at least 50 % → 60 %',
      ],
      [
        'fields',
        (copy) => copy.segments[0].marketing.complete.fields.push('industry'),
        'Large companies, complete: fields company, country → company, country, industry',
      ],
      [
        'complete',
        (copy) => (copy.segments[0].marketing.complete.percent = 71),
        'Large companies, complete: at least 70 % → 71 %',
      ],
      [
        'accept',
        (copy) => (copy.segments[0].sales.acceptInTimePercent = 80),
        'Large companies, accept in time: at least 90 % → 80 %',
      ],
      [
        'touch',
        (copy) => (copy.segments[0].sales.firstTouchInTimePercent = 80),
        'Large companies, first touch in time: at least 90 % → 80 %',
      ],
      [
        'attempts',
        (copy) => (copy.segments[0].sales.attempts = { atLeast: 6, withinDays: 15, percent: 81 }),
        'Large companies, attempts: at least 80 % → 81 %; attempts 5 attempts → 6 attempts; within 14 days → 15 days',
      ],
      [
        'reasons',
        (copy) => (copy.segments[0].sales.reasonPercent = 99),
        'Large companies, reasons: at least 90 % → 99 %',
      ],
      [
        'follow-up',
        (copy) => (copy.segments[0].sales.followUp = { withinDays: 3, percent: 75 }),
        'Large companies, follow up: at least 80 % → 75 %; within 7 days → 3 days',
      ],
    ];
    for (const [what, change, words] of leaves) {
      const told = changedSentences(agreement.describe!(document), agreement.describe!(changed(change)));
      expect([what, told.map((each) => each.words)]).toEqual([what, [words]]);
    }
  });

  it('has a sentence for each value of the default', () => {
    for (const { path } of changesBetween({}, standard).flatMap(leavesOf)) {
      const copy = structuredClone(standard);
      setOther(copy, path.slice(1).split('/'));
      const told = changedSentences(agreement.describe!(standard), agreement.describe!(copy));
      expect([path, told.length > 0]).toEqual([path, true]);
    }
  });

  it('says that nothing is promised about leads of no segment', () => {
    const words = agreement.describe!({ ...standard, segments: [large] }).map((each) => each.words);
    expect(words.at(-1)).toBe('Nothing is promised about leads of no segment.');
  });
});

describe('a lead', () => {
  it('belongs to the first segment that has it', () => {
    const segmentOf = agreement.compile(document);
    expect(segmentOf({ employees: 1000 })?.key).toBe('large');
    expect(segmentOf({ employees: 999 })?.key).toBe('all');
    expect(segmentOf({})?.key).toBe('all');
    expect(agreement.compile({ ...standard, segments: [large] })({ employees: 5 })).toBeUndefined();
  });
});

interface Leaf {
  readonly path: string;
}

const leavesOf = ({ path, to }: { path: string; to?: unknown }): Leaf[] =>
  typeof to === 'object' && to !== null
    ? Object.entries(to).flatMap(([name, value]) => leavesOf({ path: `${path}/${name}`, to: value }))
    : [{ path }];

/** Another value of the same type at a path. */
const setOther = (target: any, path: readonly string[]): void => {
  const [name, ...rest] = path as [string, ...string[]];
  if (rest.length > 0) return setOther(target[name], rest);
  target[name] = typeof target[name] === 'number' ? target[name] + 1 : `${target[name]}x`;
};
