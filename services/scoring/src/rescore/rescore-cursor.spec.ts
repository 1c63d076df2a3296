import { describe, expect, it } from '@jest/globals';
import { stepAfter, walkOf } from './rescore-cursor.js';

const found = { upTo: 'lead-9', isEmpty: false };
const some = { upTo: null, isEmpty: false };
const nobody = { upTo: null, isEmpty: true };

describe('a walk through all leads', () => {
  it('goes on behind the last lead of a full slice, at once', () => {
    expect(stepAfter(walkOf('scoring-model-2'), found, 15)).toEqual({
      key: 'scoring-model-2 after lead-9',
      afterMs: 0,
    });
    expect(walkOf('scoring-model-2 after lead-9')).toEqual({
      definitionId: 'scoring-model-2',
      after: 'lead-9',
      isRepeated: false,
    });
  });

  it('is made once more, even when it found nobody', () => {
    for (const key of ['funnel-2', 'funnel-2 after lead-9'])
      for (const slice of [some, nobody])
        expect(stepAfter(walkOf(key), slice, 15)).toEqual({ key: 'funnel-2 again', afterMs: 15 });
  });

  it('ends when a repeated walk finds nobody', () => {
    expect(stepAfter(walkOf('funnel-2 again'), nobody, 15)).toBeNull();
    expect(stepAfter(walkOf('funnel-2 again'), some, 15)).toEqual({ key: 'funnel-2 again', afterMs: 15 });
  });
});
