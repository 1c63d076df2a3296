import { describe, expect, it } from '@jest/globals';
import { IsIn, IsString } from 'class-validator';
import { catalogue } from './catalogue.js';
import { ContractViolation, decode, encode } from './codec.js';
import { defineEvent } from './event-contract.js';
import { EachNested, Nested, Optional } from './fields.js';
import { IsOpenIn, type Open } from './open-enum.js';

const COLOURS = ['red', 'green'] as const;
type Colour = (typeof COLOURS)[number];

class Part {
  @Optional() @IsIn(COLOURS) readonly colour?: Colour;
}

class Base {
  @Optional() @IsOpenIn(COLOURS) readonly inherited?: Open<Colour>;
}

class ThingPaintedV1 extends Base {
  @IsString() readonly id!: string;
  @Optional() @IsIn(COLOURS) readonly required?: Colour;
  @Optional() @IsIn(COLOURS, { each: true }) readonly list?: readonly Colour[];
  @Optional() @IsOpenIn(COLOURS, { each: true }) readonly openList?: readonly Open<Colour>[];
  @Nested(() => Part) readonly part!: Part;
  @EachNested(() => Part) readonly parts!: readonly Part[];
}

class ThingHungV1 {
  @IsString() readonly id!: string;
  @IsIn(COLOURS) readonly colour!: Colour;
  @IsOpenIn(COLOURS) readonly open!: Open<Colour>;
}

const define = <Data extends { id: string }>(type: string, data: new () => Data, example: Data) =>
  defineEvent({
    type,
    topic: 'leads',
    producers: ['scoring'],
    summary: 'Of this spec.',
    data,
    key: ({ id }) => id,
    subject: ({ id }) => id,
    example,
  });
const ThingPainted = define('thing.painted.v1', ThingPaintedV1, { id: '1', part: {}, parts: [] });
const ThingHung = define('thing.hung.v1', ThingHungV1, { id: '1', colour: 'red', open: 'red' });

describe('an enum value that this build does not know', () => {
  const painted = (fields: object) => ({ id: '1', part: {}, parts: [], ...fields });

  it.each([
    ['of an optional field drops the field', { required: 'blue' }, {}],
    ['of an open field becomes unknown', { inherited: 'blue' }, { inherited: 'unknown' }],
    ['drops the item of a list', { list: ['blue', 'red', 'pink', 'green'] }, { list: ['red', 'green'] }],
    ['of an open list becomes unknown', { openList: ['blue', 'red'] }, { openList: ['unknown', 'red'] }],
    ['of a nested object drops the field', { part: { colour: 'blue' } }, { part: {} }],
    [
      'of nested objects drops the field of each',
      { parts: [{ colour: 'blue' }, { colour: 'red' }, { colour: 'pink' }] },
      { parts: [{}, { colour: 'red' }, {}] },
    ],
    ['and an unknown field are both dropped', { required: 'blue', addedLater: { a: 1 } }, {}],
  ])('%s', (_title, sent, read) => {
    expect(decode(ThingPainted, structuredClone(painted(sent)))).toEqual({
      kind: 'event',
      data: painted(read),
    });
    // Values that the type forbids, as a newer producer may send them.
    expect(() => encode(ThingPainted, painted(sent) as unknown as ThingPaintedV1)).toThrow(ContractViolation);
  });

  it('of a required field makes the event not understood, with its pointer', () => {
    const detail = 'must be equal to one of the allowed values';
    expect(decode(ThingHung, { id: '1', colour: 'blue', open: 'pink' })).toEqual({
      kind: 'not-understood',
      pointer: '/colour',
      detail,
    });
  });

  it('does not excuse another field that is broken', () => {
    const broken = () => decode(ThingHung, { id: 1, colour: 'blue', open: 'red' });
    expect(broken).toThrow('thing.hung.v1 breaks its contract: /id must be string');
  });

  it.each([[5], [null], [true], [['red']], [{}]])('is never of another type: %j', (value) => {
    expect(() => decode(ThingHung, { id: '1', colour: value, open: 'red' })).toThrow(ContractViolation);
    expect(() => decode(ThingHung, { id: '1', colour: 'red', open: value })).toThrow(ContractViolation);
    expect(() => decode(ThingPainted, painted({ required: value }))).toThrow(ContractViolation);
    expect(() => decode(ThingPainted, painted({ list: [value] }))).toThrow(ContractViolation);
  });

  it('cannot be written, not even as unknown', () => {
    const unknown = { id: '1', colour: 'red', open: 'unknown' } as const;
    expect(() => encode(ThingHung, unknown)).toThrow('/open must be equal to one of the allowed values');
  });
});

it('lists every violation with its pointer, and never the value', () => {
  // Breaks every field on purpose.
  const broken = { id: 5, colour: 'secret', open: 'red', more: 'secret' } as unknown as ThingHungV1;
  const thrown = () => encode(ThingHung, broken);
  expect(thrown).toThrow(
    expect.objectContaining({
      type: 'thing.hung.v1',
      violations: expect.arrayContaining([
        { pointer: '/more', detail: 'is not a field of the contract' },
        { pointer: '/id', detail: 'must be string' },
        { pointer: '/colour', detail: 'must be equal to one of the allowed values' },
      ]),
    }),
  );
  expect(thrown).not.toThrow('secret');
});

it.each([[null], ['x'], [5], [[]]])('%j is no event', (json) => {
  expect(() => decode(catalogue[0]!, json)).toThrow(ContractViolation);
});
