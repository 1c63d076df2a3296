import { expect, it } from '@jest/globals';
import { sentenceOf } from './attribution-faults.js';

it.each([
  ['', 'The request must be good.'],
  ['/paths', '`paths` must be good.'],
  ['/paths/3/conversions', '`paths[3].conversions` must be good.'],
  ['/paths/30/path/12', '`paths[30].path[12]` must be good.'],
  ['/options/a~1b~0c', '`options.a/b~c` must be good.'],
])('the violation at %j is told as %s', (pointer, sentence) => {
  expect(sentenceOf([{ pointer, detail: 'must be good' }])).toBe(sentence);
});

it('the first violation is told with the number of the others', () => {
  const violation = { pointer: '/model', detail: 'must be good' };
  expect(sentenceOf([violation, violation, violation])).toBe('`model` must be good. 2 more: see `errors`.');
});
