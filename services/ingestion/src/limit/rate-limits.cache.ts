import { Clock, DomainError } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { IngestionConfig } from '../ingestion.config.js';

export const WINDOW_SECONDS = 10;
const WINDOW_MS = WINDOW_SECONDS * 1_000;
/** Keys counted apart within a window; more, as in a flood from many addresses, share one counter each kind. */
const MAX_KEYS = 50_000;
/** Usage below this share of a limit is not exchanged with other processes: it cannot decide anything. */
const MIN_SHARED = 0.1;

export type LimitKind = 'source' | 'form' | 'address';

/** State of a limit after a request. */
export interface LimitState {
  readonly kind: LimitKind;
  readonly limit: number;
  readonly remaining: number;
  /** Until the window ends. */
  readonly seconds: number;
}

/** A request over a limit. */
export class RateLimited extends DomainError {
  constructor(readonly state: LimitState) {
    const { kind, limit, seconds } = state;
    super(
      'too-many',
      `More than ${limit} requests of this ${kind} in ${WINDOW_SECONDS} seconds; send again in ${seconds} s.`,
      { retryAfter: seconds },
    );
  }
}

/** Usage of one key in the current window. */
export interface Usage {
  readonly key: string;
  readonly windowStart: Date;
  /** Points of this process that were not exchanged yet. */
  readonly points: number;
}

interface KeyUsage {
  readonly kind: LimitKind;
  /** Points that this process counted. */
  own: number;
  exchanged: number;
  /** Points of other processes, as of the last exchange. */
  others: number;
}

/**
 * Limits of requests in fixed windows of ten seconds, aligned to the clock so that processes can add up their counts
 * (`rate-limits.job.ts`): a limit is exact within one process and late by up to a second across several.
 */
@Injectable()
export class RateLimits {
  private readonly limiters: Record<LimitKind, RateLimiterMemory>;
  private readonly limits: Record<LimitKind, number>;
  private window = 0;
  private usage = new Map<string, KeyUsage>();

  constructor(
    config: IngestionConfig,
    private readonly clock: Clock,
  ) {
    this.limits = {
      source: config.limitPerSource,
      form: config.limitPerForm,
      address: config.limitPerAddress,
    };
    const limiterOf = (points: number) => new RateLimiterMemory({ points, duration: WINDOW_SECONDS });
    this.limiters = {
      source: limiterOf(this.limits.source),
      form: limiterOf(this.limits.form),
      address: limiterOf(this.limits.address),
    };
  }

  /** Counts a request; undefined without such a limit. @throws RateLimited */
  async consume(kind: LimitKind, id: string): Promise<LimitState | undefined> {
    const limit = this.limits[kind];
    if (limit === 0) return undefined;
    const now = this.clock.now().getTime();
    const key = this.keyOf(kind, id, now);
    const seconds = Math.max(1, Math.ceil(((this.window + 1) * WINDOW_MS - now) / 1_000));
    const counted = await this.limiters[kind].consume(key).catch((fault: unknown) => {
      if (fault instanceof RateLimiterRes) return fault;
      throw fault;
    });
    const usage = this.usage.get(key);
    if (usage) usage.own += 1;
    const state = { kind, limit, remaining: Math.max(0, limit - counted.consumedPoints), seconds };
    if (counted.consumedPoints > limit) throw new RateLimited(state);
    return state;
  }

  /** Usage to exchange with other processes. */
  takeUsage(): Usage[] {
    const windowStart = new Date(this.window * WINDOW_MS);
    return [...this.usage].flatMap(([key, usage]) => {
      const points = usage.own - usage.exchanged;
      if (points === 0 || usage.own < this.limits[usage.kind] * MIN_SHARED) return [];
      usage.exchanged = usage.own;
      return { key, windowStart, points };
    });
  }

  /** Adds the usage of other processes, given the points of all of them. */
  async addShared(totals: readonly { key: string; points: number }[]): Promise<void> {
    for (const { key, points } of totals) {
      const usage = this.usage.get(key);
      if (!usage) continue;
      const others = points - usage.exchanged;
      if (others > usage.others) await this.limiters[usage.kind].penalty(key, others - usage.others);
      usage.others = Math.max(others, usage.others);
    }
  }

  private keyOf(kind: LimitKind, id: string, now: number): string {
    const window = Math.floor(now / WINDOW_MS);
    if (window !== this.window) {
      this.window = window;
      this.usage = new Map();
    }
    const key = `${kind}:${id}:${window}`;
    if (this.usage.has(key)) return key;
    const counted = this.usage.size < MAX_KEYS ? key : `${kind}::${window}`;
    if (!this.usage.has(counted)) this.usage.set(counted, { kind, own: 0, exchanged: 0, others: 0 });
    return counted;
  }
}

/**
 * `RateLimit-Policy` and `RateLimit` of the limit that is closest to its end
 * (https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/).
 */
export const rateLimitHeaders = (states: readonly (LimitState | undefined)[]): Record<string, string> => {
  let closest: LimitState | undefined;
  for (const state of states)
    if (state && (!closest || state.remaining / state.limit < closest.remaining / closest.limit))
      closest = state;
  return closest
    ? {
        'ratelimit-policy': `"${closest.kind}";q=${closest.limit};w=${WINDOW_SECONDS}`,
        ratelimit: `"${closest.kind}";r=${closest.remaining};t=${closest.seconds}`,
      }
    : {};
};
