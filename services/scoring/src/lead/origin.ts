import type { Origin } from './lead.js';

/**
 * The earlier of two origins by time of occurrence. Of two at the same instant the one that says more, then the lesser text, so that the
 * result does not depend on the order.
 */
export const earlierOrigin = (one: Origin, other: Origin): Origin => {
  if (one.createdAt !== other.createdAt) return one.createdAt < other.createdAt ? one : other;
  if ((one.channel === 'direct') !== (other.channel === 'direct'))
    return one.channel === 'direct' ? other : one;
  return textOf(one) <= textOf(other) ? one : other;
};

const textOf = ({ channel, campaign, sourceId }: Origin): string =>
  JSON.stringify([campaign === null, channel, campaign, sourceId]);

export const isSameOrigin = (one: Origin, other: Origin): boolean =>
  one.createdAt === other.createdAt &&
  one.sourceId === other.sourceId &&
  one.channel === other.channel &&
  one.campaign === other.campaign;

export const originOf = ({ createdAt, sourceId, channel, campaign }: Origin): Origin => ({
  createdAt,
  sourceId,
  channel,
  campaign,
});
