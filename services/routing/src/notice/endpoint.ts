import type { Instant } from '../policy/duration.js';

export const ENDPOINT_KINDS = ['standard', 'slack'] as const;
export type EndpointKind = (typeof ENDPOINT_KINDS)[number];

export interface EndpointSecret {
  /** `whsec_` and 24 bytes or more in base64. */
  readonly secret: string;
  /** From when it signs no longer; null: the current one. */
  readonly until: Instant | null;
}

/** Where events go: a receiver of Standard Webhooks, or an incoming webhook of Slack, whose URL is its secret. */
export interface Endpoint {
  readonly id: string;
  readonly kind: EndpointKind;
  readonly url: string;
  /** Types of events; empty: all. A Slack endpoint gets the notices of hand-offs. */
  readonly events: readonly string[];
  readonly enabled: boolean;
  readonly secrets: readonly EndpointSecret[];
  readonly createdAt: Instant;
}

/** A replaced secret signs beside the new one for a day, so that receivers can change it without losing a message. */
const OVERLAP_MS = 86_400_000;

/** The secrets that sign now, the current one first. */
export const activeSecrets = ({ secrets }: Endpoint, now: Instant): readonly string[] =>
  secrets.filter(({ until }) => until === null || until > now).map(({ secret }) => secret);

/** With a new secret; of the older ones the latest stays valid for a day, so two are active at most. */
export const rotated = (endpoint: Endpoint, secret: string, now: Instant): Endpoint => ({
  ...endpoint,
  secrets: [
    { secret, until: null },
    ...endpoint.secrets.slice(0, 1).map((before) => ({ secret: before.secret, until: now + OVERLAP_MS })),
  ],
});

/** Whether an event goes to the endpoint; one that is told by every channel goes to each Slack channel. */
export const wants = (
  { enabled, events, kind }: Pick<Endpoint, 'enabled' | 'events' | 'kind'>,
  type: string,
  everyChannel = false,
): boolean => enabled && (events.length === 0 || events.includes(type) || (everyChannel && kind === 'slack'));
