import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileModel } from '../model/compiled-model.js';
import { nextChange } from './next-change.js';
import { scoreOver } from './score.js';
import { NOW } from '../model/scoring-model.example.js';
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
  const at = scoreOver(of, [], tally(of, {}, activity));
  return (now: number): string => (at(now).points >= threshold ? 'mql' : 'lead');
};

const HALF_LIVES = [8 * DAY];
type StageAt = ReturnType<typeof stageOver>;

const due = (at: StageAt, onlyFalls: boolean, halfLives = HALF_LIVES): number | null =>
  nextChange({ now: at(NOW), at, onlyFalls }, NOW, halfLives);

describe('the next change by decay', () => {
  it.each([true, false])(
    'is when the points fall below the threshold, at most a second late (only falls: %s)',
    (falls) => {
      const at = due(stageOver(model(80), 20), falls)!;
      // Two half-lives: 80, 40, 20; rounding to 0.01 holds it at 20 for some minutes more.
      expect(at - (NOW + 16 * DAY)).toBeGreaterThan(0);
      expect(at - (NOW + 16 * DAY)).toBeLessThan(DAY / 100);
    },
  );

  it('is where the decision changes and not before, for any points and threshold', () => {
    const points = fc.integer({ min: 1, max: 100 });
    const part = fc.double({ min: 0.01, max: 1, noNaN: true });
    fc.assert(
      fc.property(points, part, fc.boolean(), (points, part, falls) => {
        const stage = stageOver(model(points), points * part);
        const at = due(stage, falls)!;
        expect(stage(at)).not.toBe(stage(NOW));
        expect(stage(at - 1_001)).toBe(stage(NOW));
      }),
    );
  });

  it('is found when negative points decay', () => {
    const stage = stageOver(model(-80), -20);
    expect([stage(NOW), stage(due(stage, false)!)]).toEqual(['lead', 'mql']);
  });

  it.each([true, false])(
    'is null when nothing decays or the threshold is never crossed (only falls: %s)',
    (falls) => {
      expect(due(stageOver(model(80), -1), falls)).toBeNull();
      expect(due(stageOver(model(80), 20), falls, [])).toBeNull();
    },
  );
});
