import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { evaluate, MODELS, type AttributionRequest, type Credit, type Options, type Path } from './index.js';

const CONVERSION_UNITS = 1_000_000;
const VALUE_UNITS = 1_000;

const amount = fc.oneof(fc.integer({ min: 0, max: 1_000 }), fc.double({ min: 0, max: 1_000, noNaN: true }));
const anyPath: fc.Arbitrary<Path> = fc
  .record({
    path: fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'direct'), { minLength: 1, maxLength: 6 }),
    conversions: amount,
    nulls: amount,
    value: amount,
  })
  .map((path) => ({ ...path, value: path.conversions < 0.000_001 ? 0 : path.value }));
const anyPaths = fc.array(anyPath, { minLength: 1, maxLength: 15 });

const CASES: readonly (readonly [string, Omit<AttributionRequest, 'paths'>])[] = [
  ...MODELS.map((model) => [model, { model }] as const),
  ...(['w', 'full-path'] as const).map(
    (shape) => [`position ${shape}`, { model: 'position', options: { shape } }] as const,
  ),
  ...[2, 3].map((order) => [`markov of order ${order}`, { model: 'markov', options: { order } }] as const),
];

const unitsOf = (amounts: readonly number[], units: number): number =>
  amounts.reduce((sum, each) => sum + Math.round(each * units), 0);
const byKey = (credits: readonly Credit[]) => new Map(credits.map((credit) => [credit.key, credit]));

describe.each(CASES)('credit of %s', (_, model) => {
  const creditsOf = (paths: readonly Path[], options?: Options): Credit[] =>
    evaluate({ ...model, ...(options && { options }), paths });

  it('sums to the conversions and the value, to the unit', () => {
    fc.assert(
      fc.property(anyPaths, (paths) => {
        const credits = creditsOf(paths);
        const sumOf = (of: 'conversions' | 'value', units: number) => [
          unitsOf(
            credits.map((credit) => credit[of]!),
            units,
          ),
          unitsOf(
            paths.map((path) => path[of]!),
            units,
          ),
        ];
        const [conversions, allConversions] = sumOf('conversions', CONVERSION_UNITS);
        const [value, allValue] = sumOf('value', VALUE_UNITS);
        expect([conversions, value]).toEqual([allConversions, allValue]);
        expect(credits.every(({ conversions, value }) => conversions >= 0 && value! >= 0)).toBe(true);
      }),
    );
  });

  it('is the same for rows in another order', () => {
    fc.assert(
      fc.property(
        anyPaths.chain((paths) =>
          fc.tuple(fc.constant(paths), fc.shuffledSubarray(paths, { minLength: paths.length })),
        ),
        ([paths, shuffled]) => expect(creditsOf(shuffled)).toEqual(creditsOf(paths)),
      ),
    );
  });

  it('is the same for the journeys of a path in one row or in several', () => {
    fc.assert(
      fc.property(anyPaths, fc.integer({ min: 2, max: 5 }), (paths, times) => {
        const whole = paths.map(({ path, conversions, nulls, value }) => ({
          path,
          conversions: Math.round(conversions),
          nulls: Math.round(nulls!),
          value: Math.round(conversions) === 0 ? 0 : Math.round(value!),
        }));
        const together = whole.map((path) => ({
          ...path,
          conversions: path.conversions * times,
          nulls: path.nulls * times,
          value: path.value * times,
        }));
        const apart = Array.from({ length: times }, () => whole).flat();
        expect(creditsOf(apart)).toEqual(creditsOf(together));
      }),
    );
  });

  it('goes with the keys when they are renamed', () => {
    const renamed = (key: string): string => `${{ a: 'z', b: 'y', c: 'x' }[key] ?? 'w'}-${key}`;
    fc.assert(
      fc.property(anyPaths, (paths) => {
        const options: Options = model.model === 'last-non-direct' ? { directKeys: ['w-direct'] } : {};
        const after = byKey(
          creditsOf(
            paths.map((path) => ({ ...path, path: path.path.map(renamed) })),
            { ...model.options, ...options },
          ),
        );
        for (const { key, conversions, value } of creditsOf(paths)) {
          const same = after.get(renamed(key))!;
          expect(Math.abs(same.conversions - conversions) * CONVERSION_UNITS).toBeLessThan(1.01);
          expect(Math.abs(same.value! - value!) * VALUE_UNITS).toBeLessThan(1.01);
        }
      }),
    );
  });

  it('grows with the number of journeys', () => {
    fc.assert(
      fc.property(anyPaths, fc.integer({ min: 2, max: 100 }), (paths, times) => {
        const whole = paths.map(({ path, conversions, nulls }) => ({
          path,
          conversions: Math.round(conversions),
          nulls: Math.round(nulls!),
        }));
        const more = byKey(
          creditsOf(
            whole.map(({ path, conversions, nulls }) => ({
              path,
              conversions: conversions * times,
              nulls: nulls * times,
            })),
          ),
        );
        for (const { key, conversions } of creditsOf(whole))
          expect(Math.abs(more.get(key)!.conversions - conversions * times) * CONVERSION_UNITS).toBeLessThan(
            times + 1.01,
          );
      }),
    );
  });

  // In a Markov chain of order 1 a key that leads to keys of converting paths has an effect.
  const alone = (path: string[]): Path => ({ path, conversions: 0, nulls: 5 });
  it('is none for a key in no converting path', () => {
    fc.assert(
      fc.property(anyPaths, (paths) => {
        const others = paths.map((path) => ({ ...path, conversions: path.conversions + 1 }));
        const credits = byKey(creditsOf([...others, alone(['a', 'x', 'y']), alone(['x'])]));
        expect([credits.get('x'), credits.get('y')]).toMatchObject([{ conversions: 0 }, { conversions: 0 }]);
      }),
    );
  });
});
