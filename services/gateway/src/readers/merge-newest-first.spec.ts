import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mergeNewestFirst } from './merge-newest-first.js';

const item = (at: number, id: string) => ({ at: String(at), id });

it('takes the newest of all lists first', () => {
  const lists = [[item(5, 'a'), item(2, 'b')], [item(4, 'c'), item(3, 'd')], []];
  expect(mergeNewestFirst(lists, 3).map(({ id }) => id)).toEqual(['a', 'c', 'd']);
});

it('shows every item once over all pages, in the order of its list, whatever the times are', () => {
  const times = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 20 });
  fc.assert(
    fc.property(fc.tuple(times, times, times), fc.integer({ min: 1, max: 7 }), (given, size) => {
      const lists = given.map((list, n) => list.map((at, place) => item(at, `${n}-${place}`)));
      const shown: string[] = [];
      let rest = lists;
      for (;;) {
        const page = mergeNewestFirst(rest, size);
        if (page.length === 0) break;
        shown.push(...page.map(({ id }) => id));
        rest = rest.map((list) => list.slice(page.filter((each) => list.includes(each)).length));
      }
      for (const [n, list] of lists.entries())
        expect(shown.filter((id) => id.startsWith(`${n}-`))).toEqual(list.map(({ id }) => id));
    }),
  );
});
