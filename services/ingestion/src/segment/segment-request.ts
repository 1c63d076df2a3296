import type { ActivityRecordedV1 } from '@baton/contracts';
import { InvalidMessage, isObject, objectIn, type Json } from '../activity/invalid-message.js';
import { instantIn } from '../activity/occurred-at.js';
import type { RequestContext } from '../activity/request-context.js';
import {
  assertWithinLimits,
  bytesOf,
  checkLimits,
  MAX_BATCH_MESSAGES,
  MAX_DEPTH,
  MAX_EVENT_BYTES,
  MAX_EXPANDED_BYTES,
} from '../activity/payload-limits.js';
import { activityOfSegment, SEGMENT_KINDS, type Envelope, type SegmentKind } from './segment-message.js';

/** A rejected message, its index in the batch, and what is kept of it. */
export interface RejectedMessage {
  readonly index: number;
  readonly fault: InvalidMessage;
  readonly message: string;
}

const MAX_KEPT_TEXT = 4_096;
const KINDS: ReadonlySet<unknown> = new Set(SEGMENT_KINDS);
const NO_ENVELOPE: Envelope = Object.freeze({});

/** The activity of a request that is one message. @throws InvalidMessage */
export const activityIn = (kind: SegmentKind, body: unknown, context: RequestContext): ActivityRecordedV1 =>
  checked(kind, body, NO_ENVELOPE, context);

/**
 * The activities of a batch in its order, and its invalid messages. `indexes` has the place of each activity in the batch when
 * there are invalid ones.
 *
 * @throws InvalidMessage when the request is no batch
 */
export const activitiesIn = (
  body: unknown,
  context: RequestContext,
): {
  activities: ActivityRecordedV1[];
  indexes: readonly number[] | undefined;
  rejected: RejectedMessage[];
} => {
  const activities: ActivityRecordedV1[] = [];
  const rejected: RejectedMessage[] = [];
  const { messages, envelope } = batchOf(body);
  let indexes: number[] | undefined;
  messages.forEach((message, index) => {
    try {
      activities.push(checked(kindOf(message), message, envelope, context));
      indexes?.push(index);
    } catch (fault) {
      if (!(fault instanceof InvalidMessage)) throw fault;
      indexes ??= activities.map((_, earlier) => earlier);
      rejected.push({ index, fault, message: keptOf(message, context) });
    }
  });
  return { activities, indexes, rejected };
};

/**
 * The message as JSON, to be shown to the owner of the source; empty for one that is nested too deep to be written. Of a longer one size
 * and hash alone: an erasure could not tell whose a part of it is, since the identifiers may be in the rest.
 */
const keptOf = (message: unknown, { digest }: RequestContext): string => {
  if (checkLimits(message, Infinity) === 'too-deep') return '';
  const json = JSON.stringify(message);
  return json.length <= MAX_KEPT_TEXT
    ? json
    : JSON.stringify({ characters: json.length, sha256: digest(json) });
};

const batchOf = (body: unknown): { messages: readonly unknown[]; envelope: Envelope } => {
  if (!isObject(body)) throw new InvalidMessage('', 'must be an object');
  const messages = body['batch'];
  if (!Array.isArray(messages)) throw new InvalidMessage('/batch', 'must be an array of messages');
  if (messages.length > MAX_BATCH_MESSAGES)
    throw new InvalidMessage(
      '/batch',
      `has ${messages.length} messages: at most ${MAX_BATCH_MESSAGES} are allowed; send smaller batches`,
      'too-large',
    );
  return {
    messages,
    envelope: { ...sharedContextOf(body, messages.length), sentAt: instantIn(body, 'sentAt') },
  };
};

/** Each event carries the shared context, so its size is multiplied by their number. */
const sharedContextOf = (body: Json, messages: number): Pick<Envelope, 'context' | 'contextBytes'> => {
  const context = objectIn(body, 'context');
  if (!context) return {};
  const check = checkLimits(context, MAX_EVENT_BYTES);
  if (check === 'too-deep') throw new InvalidMessage('/context', `is nested more than ${MAX_DEPTH} deep`);
  if (check === 'too-large')
    throw new InvalidMessage('/context', `has more than ${MAX_EVENT_BYTES / 1024} KB`, 'too-large');
  const contextBytes = bytesOf(context);
  if (contextBytes * messages > MAX_EXPANDED_BYTES)
    throw new InvalidMessage(
      '/context',
      `has ${contextBytes} bytes for each of ${messages} messages: at most ${MAX_EXPANDED_BYTES / 1024 / 1024} MB in all; send smaller batches`,
      'too-large',
    );
  return { context, contextBytes };
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
  const refusal = context.refusalOfKind?.(kind);
  if (refusal !== undefined) throw new InvalidMessage('', refusal, 'forbidden');
  const sharedBytes = objectIn(message, 'context') ? 0 : (envelope.contextBytes ?? 0);
  assertWithinLimits(message, MAX_EVENT_BYTES - sharedBytes);
  return activityOfSegment(kind, message, envelope, context);
};
