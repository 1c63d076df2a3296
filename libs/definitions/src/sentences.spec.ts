import { describe, expect, it } from '@jest/globals';
import { changedSentences, type Sentence } from './sentences.js';

const sentence = (key: string, words = key): Sentence => ({ key, words });
const rule = (parts: Sentence['parts'], words = JSON.stringify(parts)): Sentence => ({
  key: 'webinar',
  words,
  name: '“Webinar”',
  ...(parts ? { parts } : {}),
});

describe('the sentences that differ', () => {
  it.each([
    ['none', [sentence('a')], [sentence('a')], []],
    ['a new one', [], [sentence('a')], [{ before: null, after: 'a', words: 'New: a' }]],
    ['a removed one', [sentence('a')], [], [{ before: 'a', after: null, words: 'No longer: a' }]],
    [
      'a changed one',
      [sentence('a', 'x')],
      [sentence('a', 'y')],
      [{ before: 'x', after: 'y', words: 'x → y' }],
    ],
    ['none, in another order', [sentence('a'), sentence('b')], [sentence('b'), sentence('a')], []],
  ])('%s', (_, before, after, expected) => {
    expect(changedSentences(before, after)).toEqual(expected);
  });

  it.each<[Sentence['parts'], Sentence['parts'], string[]]>([
    [{ '': '+8' }, { '': '+5' }, ['“Webinar” +8 → +5']],
    [{ '': '+8', 'at most': '15' }, { '': '+5', 'at most': '20' }, ['“Webinar” +8 → +5; at most 15 → 20']],
    [{ '': '+8' }, { '': '+8', 'half-life': '30 days' }, ['“Webinar” half-life 30 days (new)']],
    [{ '': '+8', 'at most': '15' }, { '': '+8', 'at most': undefined }, ['“Webinar” at most 15 (removed)']],
    [{ '': '+8' }, { '': '+8' }, []],
  ])('are told by what changed of them: %j to %j', (before, after, words) => {
    expect(changedSentences([rule(before)], [rule(after)]).map((each) => each.words)).toEqual(words);
  });

  it('are told whole when one of them has no parts', () => {
    expect(changedSentences([rule(undefined, 'x')], [rule({ '': '+5' }, 'y')])).toMatchObject([
      { words: 'x → y' },
    ]);
  });
});
