import type { Instant } from '../policy/duration.js';

export const CHANNELS = ['in-app', 'email', 'webhook', 'slack'] as const;
export type Channel = (typeof CHANNELS)[number];

/** `dropped`: outdated when its time came, or its receiver is gone. */
export const DELIVERY_STATES = ['waiting', 'sent', 'failed', 'dropped'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One cause told to one receiver by one channel. */
export interface Delivery {
  /** From cause, channel and receiver: the same cause is told once. */
  readonly id: string;
  readonly channel: Channel;
  /** Id of a user or of an endpoint. */
  readonly receiver: string;
  /** Kind of the notice, or type of the event. */
  readonly kind: string;
  readonly body: object;
  readonly createdAt: Instant;
  readonly nextAt: Instant;
  /** Tries so far. */
  readonly attempts: number;
}

/** How a try ended; `gone`: the receiver wants nothing more, and `final` that another try cannot succeed. */
export type Outcome =
  | { readonly ok: true; readonly status?: number }
  | {
      readonly ok: false;
      readonly error: string;
      readonly status?: number;
      readonly final?: boolean;
      readonly gone?: boolean;
    };

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
/** Waits between tries, about 3 days in all: the schedule that Standard Webhooks recommends. */
const RETRY_AFTER_MS = [
  5 * SECOND,
  300 * SECOND,
  1_800 * SECOND,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const;
export const MAX_TRIES = RETRY_AFTER_MS.length + 1;
const MAX_ERROR_LENGTH = 500;

export interface DeliveryResult {
  readonly state: DeliveryState;
  readonly nextAt: Instant;
  readonly status: number | null;
  readonly error: string | null;
}

/** What follows from a try. `attempts` counts it. */
export const resultOf = (attempts: number, outcome: Outcome, now: Instant): DeliveryResult => {
  const status = outcome.status ?? null;
  if (outcome.ok) return { state: 'sent', nextAt: now, status, error: null };
  const error = outcome.error.slice(0, MAX_ERROR_LENGTH);
  const wait = RETRY_AFTER_MS[attempts - 1];
  if (outcome.final || outcome.gone || wait === undefined)
    return { state: 'failed', nextAt: now, status, error };
  return { state: 'waiting', nextAt: now + wait, status, error };
};
