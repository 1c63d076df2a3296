import { describe, expect, it } from '@jest/globals';
import { nextRescoreStep, parseRescoreCursor } from './rescore-cursor.js';

const full = { lastId: 'lead-9', isDone: false };
const partial = { lastId: null, isDone: false };
const empty = { lastId: null, isDone: true };

describe('evaluating all leads', () => {
  it('continues after the last lead of a full batch, at once', () => {
    expect(nextRescoreStep(parseRescoreCursor('scoring-model-2'), full, 15)).toEqual({
      key: 'scoring-model-2 after lead-9',
      delayMs: 0,
    });
    expect(parseRescoreCursor('scoring-model-2 after lead-9')).toEqual({
      definitionId: 'scoring-model-2',
      after: 'lead-9',
      isRepeated: false,
    });
  });

  it('is repeated after a delay, even when no lead was outdated', () => {
    for (const key of ['funnel-2', 'funnel-2 after lead-9'])
      for (const batch of [partial, empty])
        expect(nextRescoreStep(parseRescoreCursor(key), batch, 15)).toEqual({
          key: 'funnel-2 again',
          delayMs: 15,
        });
  });

  it('ends when a repetition finds no outdated lead', () => {
    const cursor = parseRescoreCursor('funnel-2 again');
    expect(nextRescoreStep(cursor, empty, 15)).toBeNull();
    expect(nextRescoreStep(cursor, partial, 15)).toEqual({ key: 'funnel-2 again', delayMs: 15 });
  });
});
