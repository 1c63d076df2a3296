import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inForce, stateOf, type ActivatedVersion, type Definition } from './definition.js';

const instant = (minute: number): Date => new Date(Date.UTC(2026, 0, 5, 9, minute));
const version = (id: string, minute: number, number: number): ActivatedVersion => ({
  id,
  number,
  activeFrom: instant(minute),
});

describe('in force', () => {
  const versions = [version('m-1', 0, 1), version('m-2', 10, 2), version('m-3', 30, 3)];

  it.each([
    [0, 'm-1'],
    [9, 'm-1'],
    [10, 'm-2'],
    [29, 'm-2'],
    [1000, 'm-3'],
  ])('at minute %i is %s', (minute, id) => expect(inForce(versions, instant(minute))?.id).toBe(id));

  it('is the newest activation, though its draft is older', () => {
    const outdated = [version('m-3', 10, 2), version('m-2', 20, 3)];
    expect(inForce(outdated, instant(20))?.id).toBe('m-2');
  });

  it('is the one signed last of two for the same instant', () => {
    expect(inForce([version('m-3', 10, 3), version('m-2', 10, 2)], instant(10))?.id).toBe('m-3');
  });

  it('is the first before anything began: a clock that lags finds a definition too', () => {
    expect(inForce(versions, instant(-5))?.id).toBe('m-1');
    expect(inForce([], instant(0))).toBeUndefined();
  });

  const minutes = fc.integer({ min: 0, max: 20 });
  const timelines = fc
    .array(minutes, { minLength: 1, maxLength: 8 })
    .map((list) => list.map((minute, n) => version(`m-${n + 1}`, minute, n + 1)));

  it('does not depend on the order of the list', () => {
    fc.assert(
      fc.property(timelines, minutes, (list, minute) => {
        expect(inForce([...list].reverse(), instant(minute))).toBe(inForce(list, instant(minute)));
      }),
    );
  });

  it('never goes back to an earlier instant as time passes', () => {
    fc.assert(
      fc.property(timelines, minutes, minutes, (list, one, other) => {
        const [earlier, later] = [Math.min(one, other), Math.max(one, other)];
        const before = inForce(list, instant(earlier))!;
        expect(inForce(list, instant(later))!.activeFrom >= before.activeFrom).toBe(true);
      }),
    );
  });
});

describe('the state', () => {
  const by = { id: 'u1', name: 'Mona' };
  const draft: Definition = {
    id: 'm-2',
    kind: 'm',
    version: 2,
    schemaVersion: 1,
    document: {},
    note: '',
    createdBy: by,
    createdAt: instant(0),
    signatures: {},
  };
  const proposed: Definition = { ...draft, signatures: { sales: { by, at: instant(1) } } };
  const signed: Definition = {
    ...proposed,
    signatures: { ...proposed.signatures, marketing: { by, at: instant(2) } },
    activation: { activeFrom: instant(10), number: 2 },
  };

  it.each<[Definition, number, string, string]>([
    [draft, 5, 'm-1', 'draft'],
    [proposed, 5, 'm-1', 'proposed'],
    [signed, 5, 'm-1', 'scheduled'],
    [signed, 10, 'm-2', 'active'],
    [signed, 60, 'm-3', 'superseded'],
  ])('%#: %j at minute %i, while %s is in force, is %s', (definition, minute, holding, state) => {
    expect(stateOf(definition, holding, instant(minute))).toBe(state);
  });
});
