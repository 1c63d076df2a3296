import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileModel } from './compiled-model.js';
import { nextChange } from './next-change.js';
import { scoreOver } from './score.js';
import { NOW } from './scoring-model.example.js';
import { tally } from './tally.js';

const DAY = 86_400_000;

const model = (points: number) =>
  compileModel({
    grades: [{ grade: 'A', from: -100 }],
    total: { min: -100, max: 100 },
    groups: [{ key: 'web', label: 'Web', axis: 'engagement', cap: 100 }],
    rules: [
      {
        key: 'a',
        label: 'a',
        group: 'web',
        when: { fact: 'name', is: 'a' },
        points,
        halfLife: { amount: 8, unit: 'days' },
      },
    ],
  });

const stageOver = (of: ReturnType<typeof model>, threshold: number) => {
  const activity = {
    kind: 'track',
    name: 'a',
    channel: '',
    sourceId: '',
    properties: {},
    bot: false,
    at: NOW,
  };
  const at = scoreOver(of, {}, tally(of, {}, activity));
  return (now: number): string => (at(now).points >= threshold ? 'mql' : 'lead');
};

describe('the next change by decay', () => {
  it('is the instant the points fall below the threshold, at most a second late', () => {
    const of = model(80);
    const due = nextChange(stageOver(of, 20), NOW, of.halfLives);
    // Two half-lives: 80, 40, 20; rounding to 0.01 holds it at 20 for some minutes more.
    expect(due! - (NOW + 16 * DAY)).toBeGreaterThan(0);
    expect(due! - (NOW + 16 * DAY)).toBeLessThan(DAY / 100);
  });

  it('is where it changes and not before, whatever points and threshold are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (points, part) => {
          const of = model(points);
          const stage = stageOver(of, points * part);
          const due = nextChange(stage, NOW, of.halfLives)!;
          expect(stage(due)).not.toBe(stage(NOW));
          expect(stage(due - 1_001)).toBe(stage(NOW));
        },
      ),
    );
  });

  it('is found when points that were taken away come back', () => {
    const of = model(-80);
    const stage = stageOver(of, -20);
    const due = nextChange(stage, NOW, of.halfLives)!;
    expect([stage(NOW), stage(due)]).toEqual(['lead', 'mql']);
  });

  it('is never where nothing decays or nothing depends on it', () => {
    const of = model(80);
    expect(nextChange(stageOver(of, -1), NOW, of.halfLives)).toBeNull();
    expect(nextChange(stageOver(of, 20), NOW, [])).toBeNull();
  });
});
