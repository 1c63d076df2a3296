import type { ActivityRecordedV1 } from '@baton/contracts';
import { InvalidMessage, isObject, objectIn } from '../activity/invalid-message.js';
import { instantIn } from '../activity/occurred-at.js';
import type { RequestContext } from '../activity/request-context.js';
import { assertWithinLimits } from '../activity/payload-limits.js';
import { activityOfSegment, SEGMENT_KINDS, type Envelope, type SegmentKind } from './segment-message.js';

/** A refused message with the place of it in its request. */
export interface RejectedMessage {
  readonly index?: number;
  readonly fault: InvalidMessage;
}

// Enough to see what an integration does wrong; a batch of a thousand copies of one mistake need not say it so often.
const MAX_REPORTED = 20;
const KINDS: ReadonlySet<unknown> = new Set(SEGMENT_KINDS);
const ALONE: Envelope = Object.freeze({});

/** The activity of a request that is one message. @throws InvalidMessage */
export const activityIn = (kind: SegmentKind, body: unknown, context: RequestContext): ActivityRecordedV1 =>
  checked(kind, body, ALONE, context);

/** The activities of a batch, in its order; or, if only one message of it is wrong, what is wrong and nothing else. */
export const activitiesIn = (
  body: unknown,
  context: RequestContext,
): { activities: ActivityRecordedV1[]; refused: RejectedMessage[] } => {
  const activities: ActivityRecordedV1[] = [];
  const refused: RejectedMessage[] = [];
  const { messages, envelope } = batchOf(body);
  for (let index = 0; index < messages.length && refused.length < MAX_REPORTED; index += 1) {
    try {
      activities.push(checked(kindOf(messages[index]), messages[index], envelope, context));
    } catch (fault) {
      if (!(fault instanceof InvalidMessage)) throw fault;
      refused.push({ index, fault });
    }
  }
  return { activities, refused };
};

const batchOf = (body: unknown): { messages: readonly unknown[]; envelope: Envelope } => {
  if (!isObject(body)) throw new InvalidMessage('', 'must be an object');
  const messages = body['batch'];
  if (!Array.isArray(messages)) throw new InvalidMessage('/batch', 'must be an array of messages');
  return { messages, envelope: { context: objectIn(body, 'context'), sentAt: instantIn(body, 'sentAt') } };
};

const kindOf = (message: unknown): SegmentKind => {
  const kind = isObject(message) ? message['type'] : undefined;
  if (isObject(message) && !KINDS.has(kind))
    throw new InvalidMessage('/type', `must be one of ${SEGMENT_KINDS.join(', ')}`);
  return kind as SegmentKind;
};

const checked = (
  kind: SegmentKind,
  message: unknown,
  envelope: Envelope,
  context: RequestContext,
): ActivityRecordedV1 => {
  if (!isObject(message)) throw new InvalidMessage('', 'must be an object');
  assertWithinLimits(message);
  return activityOfSegment(kind, message, envelope, context);
};
