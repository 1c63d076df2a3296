import type { Journey } from './journeys.js';
import type { Model, Options, Shape } from './request.js';

/** Share of a path's credit that each of its touches gets; their sum is 1. */
type Weights = readonly number[];
type WeightsOf = (journey: Journey) => Weights;

/** Models that weigh each touch by its place in its own path. */
export type PositionalModel = Exclude<Model, 'markov' | 'shapley'>;

const DEFAULT_DIRECT_KEYS = ['direct', '(direct)'];
const DEFAULT_HALF_LIFE_DAYS = 7;
/** Share of each anchor: first and last touch, and the milestones between them. The other touches share what is left. */
const ANCHOR_SHARE: Readonly<Record<Shape, number>> = { u: 0.4, w: 0.3, 'full-path': 0.225 };
/** Anchors between the first and the last touch. */
const MILESTONES: Readonly<Record<Shape, number>> = { u: 0, w: 1, 'full-path': 2 };

/** The weights of a model for journeys whose touches are indexes of `keys`. */
export const weightsOf = (model: PositionalModel, options: Options, keys: readonly string[]): WeightsOf => {
  switch (model) {
    case 'first':
      return ({ touches }) => only(touches.length, 0);
    case 'last':
      return ({ touches }) => only(touches.length, touches.length - 1);
    case 'last-non-direct':
      return lastOtherThan(options.directKeys ?? DEFAULT_DIRECT_KEYS, keys);
    case 'linear':
      return ({ touches: { length } }) => new Array<number>(length).fill(1 / length);
    case 'position':
      return anchored(options.shape ?? 'u');
    case 'time-decay':
      return decayed(options.halfLifeDays ?? DEFAULT_HALF_LIFE_DAYS);
  }
};

const only = (length: number, position: number): Weights => {
  const weights = new Array<number>(length).fill(0);
  weights[position] = 1;
  return weights;
};

const lastOtherThan = (directKeys: readonly string[], keys: readonly string[]): WeightsOf => {
  const lowerCase = new Set(directKeys.map((key) => key.toLowerCase()));
  const isDirect = keys.map((key) => lowerCase.has(key.toLowerCase()));
  return ({ touches }) => {
    const other = touches.findLastIndex((touch) => !isDirect[touch]);
    return only(touches.length, other < 0 ? touches.length - 1 : other);
  };
};

/**
 * A touch that is several anchors at once, because a milestone names it, has the share of each. In a path too short for touches between
 * the anchors, these share everything: one touch has all, two have a half each.
 */
const anchored = (shape: Shape): WeightsOf => {
  const share = ANCHOR_SHARE[shape];
  return ({ touches, milestones }) => {
    const last = touches.length - 1;
    const count = MILESTONES[shape];
    const named =
      milestones && milestones.length >= count ? milestones.slice(0, count) : between(last, count);
    const anchors = last === 0 ? [0] : [0, last, ...named];
    const weights = new Array<number>(touches.length).fill(0);
    for (const anchor of anchors) weights[anchor]! += share;
    const others = weights.filter((weight) => weight === 0).length;
    const rest = 1 - share * (2 + count);
    return proportionate(weights.map((weight) => weight || rest / others));
  };
};

/** Positions that divide a path evenly, without its ends. */
const between = (last: number, count: number): number[] => {
  const even = Array.from({ length: count }, (_, i) => Math.round(((i + 1) * last) / (count + 1)));
  return [...new Set(even)].filter((position) => position > 0 && position < last);
};

/** Each half-life halves the weight. Ages are counted from the last touch: a long wait before the conversion leaves proportions as they are. */
const decayed =
  (halfLifeDays: number): WeightsOf =>
  ({ touches, daysBefore }) => {
    const ages = Array.from(daysBefore ?? touches, (age, i) => (daysBefore ? age : touches.length - 1 - i));
    const youngest = ages.at(-1)!;
    return proportionate(ages.map((age) => 2 ** ((youngest - age) / halfLifeDays)));
  };

const proportionate = (weights: Weights): Weights => {
  const sum = weights.reduce((so, weight) => so + weight, 0);
  return weights.map((weight) => weight / sum);
};
