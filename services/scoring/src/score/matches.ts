import type { CompiledRule } from '../model/compiled-model.js';
import { decayed } from '../model/decay.js';

/** One activity that matched one rule; times are ms since 1970. */
export interface Match {
  readonly rule: CompiledRule;
  readonly activityId: string;
  readonly at: number;
}

/** Matches that are counted instead of listed. */
export interface Rest {
  readonly count: number;
  /** What is left of them, before caps. */
  readonly points: number;
}

const newestFirst = (one: Match, other: Match): number =>
  other.at - one.at || (one.activityId < other.activityId ? -1 : 1);

/**
 * The newest matches of a history and the sum of all others, in bounded memory. The order in which matches are
 * added does not matter.
 */
export class NewestMatches {
  private matches: Match[] = [];
  private restCount = 0;
  private restPoints = 0;

  constructor(
    private readonly limit: number,
    private readonly instant: number,
  ) {}

  add(match: Match): void {
    this.matches.push(match);
    if (this.matches.length >= 2 * this.limit) this.trim();
  }

  /** At most `limit` matches, newest first. */
  list(): readonly Match[] {
    this.trim();
    return this.matches;
  }

  rest(): Rest {
    this.trim();
    return { count: this.restCount, points: this.restPoints };
  }

  private trim(): void {
    this.matches.sort(newestFirst);
    for (const match of this.matches.splice(this.limit)) {
      this.restCount += 1;
      this.restPoints += remainingAt(match, this.instant);
    }
  }
}

/** What is left of the points of a match at an instant; an instant before it counts as its time. */
export const remainingAt = ({ rule, at }: Match, instant: number): number =>
  decayed(rule.points, Math.max(0, instant - at), rule.halfLife);
