import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sankeyOf } from './sankey.js';

describe('the diagram of paths', () => {
  it('has a node for each touch by its distance from the milestone, and sums equal steps', () => {
    const paths = [
      { path: ['search', 'email'], conversions: 3 },
      { path: ['email', 'email'], conversions: 2 },
      { path: [], conversions: 1 },
    ];
    expect(sankeyOf(paths, 'Won').links).toEqual([
      { source: 'search · 2 before', target: 'email · 1 before', value: 3 },
      { source: 'email · 1 before', target: 'Won', value: 5 },
      { source: 'email · 2 before', target: 'email · 1 before', value: 2 },
      { source: '(none) · 1 before', target: 'Won', value: 1 },
    ]);
  });

  it('leads every journey to the milestone, in at most four steps and never in a circle', () => {
    const path = fc.record({
      path: fc.array(fc.constantFrom('a', 'b', 'Won'), { maxLength: 8 }),
      conversions: fc.nat(100),
    });
    fc.assert(
      fc.property(fc.array(path), (paths) => {
        const { links, nodes } = sankeyOf(paths, 'Won');
        const arriving = links
          .filter(({ target }) => target === 'Won')
          .reduce((sum, { value }) => sum + value, 0);
        expect(arriving).toBe(paths.reduce((sum, { conversions }) => sum + conversions, 0));
        expect(links.every(({ source }) => source !== 'Won')).toBe(true);
        expect(nodes.length).toBeLessThanOrEqual(3 * 4 + 2);
      }),
    );
  });
});
