import type { Journeys } from './journeys.js';
import { sharesOf, type Shares } from './shares.js';
import type { Steps } from './steps.js';

/**
 * Shapley values of the keys in the cooperative game whose worth v(S) is the sum of the conversions of all paths that contain no key
 * outside S. A path alone is a unanimity game of its set of keys, whose Shapley value is an equal part for each of them, and the value of a
 * sum of games is the sum of their values. So each path gives every distinct key the same part, however often and in whatever
 * order it occurs (Zhao, Mahboobi and Bagheri 2018, "Shapley Value Methods for Attribution Modeling in Online Advertising").
 */
export const shapleyShares = (journeys: Journeys): Steps<Shares> =>
  sharesOf(journeys, ({ touches }, give) => {
    const players = new Set(touches);
    for (const key of players) give(key, 1 / players.size);
  });
