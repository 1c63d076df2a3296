import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  afterOffer,
  afterStageChange,
  isToBeOffered,
  unknownReadiness,
  type LeadReadiness,
  type StageChange,
} from './lead-readiness.js';

const ready = (sequence: number): StageChange => ({
  sequence,
  salesReady: true,
  cause: 'activity',
  reached: ['mql'],
});
const back = (sequence: number): StageChange => ({
  sequence,
  salesReady: false,
  cause: 'decay',
  reached: [],
});
const up = (sequence: number): StageChange => ({ ...back(sequence), cause: 'activity', reached: ['hot'] });
const recycled = (sequence: number): StageChange => ({ ...back(sequence), cause: 'verdict' });

/** The sequences of the stage changes at which a lead without an open hand-off is offered; each hand-off is closed at once. */
const offersAt = (...changes: StageChange[]): number[] => {
  let readiness: LeadReadiness = unknownReadiness('lead');
  return changes.flatMap((change) => {
    readiness = afterStageChange(readiness, change);
    if (!isToBeOffered(readiness)) return [];
    readiness = afterOffer(readiness);
    return [change.sequence];
  });
};

describe('a lead', () => {
  it('is offered when it becomes sales-ready, whatever it does later', () => {
    expect(offersAt(back(1), ready(2), back(3))).toEqual([2]);
  });

  it('is offered again only after scoring has answered the verdict and it became sales-ready again', () => {
    expect(offersAt(ready(1), back(2), ready(3))).toEqual([1]);
    expect(offersAt(ready(1), recycled(2), up(3))).toEqual([1]);
    expect(offersAt(ready(1), recycled(2), ready(3), recycled(4), ready(5))).toEqual([1, 3, 5]);
  });

  it('is not offered for a readiness that was on its way while the seller rejected it', () => {
    expect(offersAt(ready(1), back(2), ready(3), recycled(4))).toEqual([1]);
    expect(offersAt(ready(1), back(2), ready(3), recycled(4), ready(5))).toEqual([1, 5]);
  });
});

describe('a stage change that is redelivered', () => {
  it('opens nothing when its lead was offered for a later one', () => {
    expect(offersAt(ready(3), ready(1))).toEqual([3]);
    expect(offersAt(ready(3), recycled(4), ready(1))).toEqual([3]);
  });

  it('opens nothing when the lead has moved back since, and takes effect when it has not', () => {
    expect(offersAt(back(2), ready(1))).toEqual([]);
    expect(offersAt(back(2), up(3), ready(1))).toEqual([1]);
  });

  it('takes effect late when it is the answer to a verdict', () => {
    expect(offersAt(ready(1), ready(3), recycled(2))).toEqual([1, 2]);
  });

  it('never opens more hand-offs than the changes in order do, in any order and however often', () => {
    const history = fc
      .array(fc.constantFrom(ready, back, up, recycled), { minLength: 1, maxLength: 8 })
      .map((changes) => changes.map((change, n) => change(n + 1)));
    const delivered = history.chain((changes) =>
      fc.tuple(
        fc.constant(changes),
        fc.shuffledSubarray([...changes, ...changes], { minLength: changes.length }),
      ),
    );
    fc.assert(
      fc.property(delivered, ([changes, deliveries]) => {
        expect(offersAt(...deliveries).length).toBeLessThanOrEqual(offersAt(...changes).length);
      }),
      { numRuns: 2_000 },
    );
  });

  it('changes nothing when it was delivered before', () => {
    const changes = [ready(1), back(2), ready(3), recycled(4), ready(5), recycled(6)];
    const fold = (list: StageChange[]) => list.reduce(afterStageChange, unknownReadiness('lead'));
    fc.assert(
      fc.property(fc.shuffledSubarray(changes, { minLength: changes.length }), (shuffled) => {
        expect(fold([...shuffled, ...changes])).toEqual(fold(changes));
      }),
    );
  });
});
