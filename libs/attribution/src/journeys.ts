import type { Path } from './request.js';
import { sortedInSteps } from './sorted-in-steps.js';
import { TOUCHES_PER_STEP, type Steps } from './steps.js';

/** Conversions and nulls are counted in units of 0.000001. */
export const CONVERSION_UNITS = 1_000_000;
/** Values are counted in units of 0.001: no currency has more than three decimals. */
export const VALUE_UNITS = 1_000;

/** Indexes of keys: two bytes each while there are few keys, which is nearly always. */
export type Touches = Uint16Array | Uint32Array;
const MAX_SHORT_KEYS = 0x1_0000;

/** Four numbers in lists that grow, measured. */
const BYTES_OF_JOURNEY = 48;
/** An entry of a map and a text, beside its characters. */
const BYTES_OF_KEY = 150;

/** Journeys that took the same path. Amounts are integers, so that sums of them do not depend on their order. */
export interface Journey {
  readonly touches: Touches;
  readonly daysBefore: Float64Array | undefined;
  readonly milestones: readonly number[] | undefined;
  /** Units of 0.000001. */
  readonly conversions: number;
  readonly nulls: number;
  /** Units of 0.001. */
  readonly value: number;
}

/** All journeys of an evaluation. */
export interface Journeys {
  /** Distinct keys in order of their UTF-16 code units. */
  readonly keys: readonly string[];
  readonly hasValue: boolean;
  /** Parts of at most {@link TOUCHES_PER_STEP} touches, or of one journey. */
  readonly blocks: readonly Block[];
}

/** Collects journeys. A touch takes two or four bytes, so that those of millions of touches can be in memory. */
export class JourneysBuilder {
  /** In memory, about. */
  bytes = 0;
  private readonly indexes = new Map<string, number>();
  private readonly blocks: Block[] = [];
  private hasValue = false;

  add({ path, ...of }: Path): void {
    let block = this.blocks.at(-1);
    if (!block?.hasRoomFor(path.length))
      this.blocks.push((block = new Block(path.length, this.indexes.size)));
    for (const key of path) block.push(this.indexOf(key));
    block.end(of);
    this.bytes +=
      BYTES_OF_JOURNEY +
      path.length * (block.bytesOfTouch + (of.daysBefore ? Float64Array.BYTES_PER_ELEMENT : 0));
    this.hasValue ||= of.value !== undefined;
  }

  /** The `max` keys of most touches, each counted for every journey that has it; of equal ones the first. */
  *largestKeys(max: number): Steps<ReadonlySet<string>> {
    const touches = new Float64Array(this.indexes.size);
    for (const block of this.blocks) {
      for (const journey of block.journeys())
        for (const key of journey.touches) touches[key]! += journey.conversions + journey.nulls;
      yield;
    }
    if (touches.length <= max) return new Set(this.indexes.keys());
    // Of many keys most are as rare as others: only those at the limit are compared as texts.
    const least = touches.slice().sort().at(-max)!;
    const above: string[] = [];
    const equal: string[] = [];
    for (const [key, index] of this.indexes)
      if (touches[index]! > least) above.push(key);
      else if (touches[index] === least) equal.push(key);
    return new Set([...above, ...(yield* sortedInSteps(equal)).slice(0, max - above.length)]);
  }

  /** The journeys, with keys replaced by those that `nameOf` gives. The builder is used up. */
  *built(nameOf: (key: string) => string = (key) => key): Steps<Journeys> {
    const names = [...this.indexes.keys()].map(nameOf);
    const keys = yield* sortedInSteps([...new Set(names)]);
    const places = new Map(keys.map((key, place) => [key, place]));
    const placeOf = Uint32Array.from(names, (name) => places.get(name)!);
    for (const block of this.blocks) {
      block.rename(placeOf, keys.length);
      yield;
    }
    return { keys, hasValue: this.hasValue, blocks: this.blocks };
  }

  private indexOf(key: string): number {
    let index = this.indexes.get(key);
    if (index !== undefined) return index;
    index = this.indexes.size;
    this.indexes.set(key, index);
    this.bytes += BYTES_OF_KEY + 2 * key.length;
    return index;
  }
}

/** Journeys in the order in which they were added, looked at in one step. */
export class Block {
  private touches: Touches;
  /** For each touch; there only when a journey has them. */
  private days: Float64Array | undefined;
  private length = 0;
  /** Of each journey, as the following. */
  private readonly ends: number[] = [];
  private readonly conversions: number[] = [];
  private readonly nulls: number[] = [];
  private readonly values: number[] = [];
  private readonly milestones = new Map<number, readonly number[]>();

  /** @param keys that there are before it; each of its touches may have another one. */
  constructor(length: number, keys: number) {
    const room = Math.max(length, TOUCHES_PER_STEP);
    this.touches = new (keys + room <= MAX_SHORT_KEYS ? Uint16Array : Uint32Array)(room);
  }

  get bytesOfTouch(): number {
    return this.touches.BYTES_PER_ELEMENT;
  }

  hasRoomFor(length: number): boolean {
    return this.length + length <= this.touches.length;
  }

  push(touch: number): void {
    this.touches[this.length] = touch;
    this.length += 1;
  }

  /** The touches pushed since the last journey are one. */
  end({ conversions, nulls = 0, value = 0, daysBefore, milestones }: Omit<Path, 'path'>): void {
    if (daysBefore) {
      this.days ??= new Float64Array(this.touches.length).fill(NaN);
      this.days.set(daysBefore, this.ends.at(-1) ?? 0);
    }
    if (milestones) this.milestones.set(this.ends.length, milestones);
    this.ends.push(this.length);
    this.conversions.push(Math.round(conversions * CONVERSION_UNITS));
    this.nulls.push(Math.round(nulls * CONVERSION_UNITS));
    this.values.push(Math.round(value * VALUE_UNITS));
  }

  /** @param keys that there are with the new numbers */
  rename(placeOf: Uint32Array, keys: number): void {
    if (keys > MAX_SHORT_KEYS) this.touches = Uint32Array.from(this.touches);
    for (let i = 0; i < this.length; i += 1) this.touches[i] = placeOf[this.touches[i]!]!;
  }

  *journeys(): Generator<Journey, void, undefined> {
    let start = 0;
    for (const [row, end] of this.ends.entries()) {
      const days = this.days && !Number.isNaN(this.days[start]) ? this.days.subarray(start, end) : undefined;
      yield {
        touches: this.touches.subarray(start, end),
        daysBefore: days,
        milestones: this.milestones.get(row),
        conversions: this.conversions[row]!,
        nulls: this.nulls[row]!,
        value: this.values[row]!,
      };
      start = end;
    }
  }
}
