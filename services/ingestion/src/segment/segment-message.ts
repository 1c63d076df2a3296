import type { ActivityRecordedV1, CampaignTouch, Identifiers } from '@baton/contracts';
import { crmIdOf } from '../activity/crm-id.js';
import { callableOf } from '../activity/phone.js';
import { campaignOf, campaignWith } from '../origin/campaign.js';
import { channelOf } from '../origin/channel.js';
import { consentIn, consentInContext, isWithdrawal } from '../activity/consent.js';
import { activityIdOf, emailOf, personKeyOf, identifyingId } from '../activity/identity.js';
import {
  idIn,
  InvalidMessage,
  requiredIdIn,
  objectOrUndefined,
  truncatedTextOf,
  objectIn,
  requiredTextIn,
  textIn,
  type Json,
} from '../activity/invalid-message.js';
import { instantIn, occurredAt } from '../activity/occurred-at.js';
import { robotReasonOf, type MutableActivity, type RequestContext } from '../activity/request-context.js';
import { companyTraitsOf, traitsOf } from '../activity/traits.js';

export const SEGMENT_KINDS = ['track', 'identify', 'page', 'screen', 'group', 'alias'] as const;
export type SegmentKind = (typeof SEGMENT_KINDS)[number];

/** Fields of a batch that apply to each of its messages. */
export interface Envelope {
  readonly context?: Json | undefined;
  /** Size of `context` as compact JSON. */
  readonly contextBytes?: number;
  readonly sentAt?: number | undefined;
}

const MAX_ID = 256;
const MAX_NAME = 256;
const MAX_URL = 2048;
const EMPTY: Json = Object.freeze({});

/**
 * The activity that one message of the Segment HTTP API is.
 * https://www.twilio.com/docs/segment/connections/sources/catalog/libraries/server/http-api
 * @throws InvalidMessage
 */
export const activityOfSegment = (
  kind: SegmentKind,
  message: Json,
  envelope: Envelope,
  request: RequestContext,
): ActivityRecordedV1 => {
  const context = objectIn(message, 'context') ?? envelope.context ?? EMPTY;
  const given = objectIn(message, 'traits');
  const contextTraits = objectOrUndefined(context['traits']);
  const properties = objectIn(message, 'properties') ?? EMPTY;
  const traits =
    kind === 'group'
      ? { ...traitsOf(contextTraits), ...companyTraitsOf(given) }
      : traitsOf(contextTraits, given);
  const identifiers = identifiersOf(kind, message, { traits, externalIds: context['externalIds'] });
  const personKey = personKeyOf(request.digest, identifiers);
  if (personKey === undefined)
    throw new InvalidMessage(
      '/userId',
      'is missing: a message needs userId, anonymousId, or a trait email, crmId or phone (with its country code)',
    );
  const { name, properties: named } = namesOf(kind, message, properties);
  const page = objectOrUndefined(context['page']) ?? EMPTY;
  const pageUrl = truncatedTextOf(page['url'] ?? properties['url'], MAX_URL);
  const referrer = truncatedTextOf(page['referrer'] ?? properties['referrer'], MAX_URL);
  const campaign = campaignIn(context, page, properties);
  const messageId = identifyingId(idIn(message, 'messageId', MAX_ID)) ?? request.newId();
  const activity: MutableActivity = {
    activityId: activityIdOf(request.digest, request.sourceId, messageId),
    sourceId: request.sourceId,
    messageId,
    kind,
    name,
    occurredAt: new Date(timeOf(message, envelope, request)).toISOString(),
    receivedAt: request.receivedAt.toISOString(),
    personKey,
    identifiers,
    traits,
    properties: named,
    channel: channelOf({ campaign, pageUrl, referrer, name }),
    bot: robotReasonOf(request, context['userAgent']) !== undefined,
  };
  if (campaign) activity.campaign = campaign;
  if (pageUrl !== undefined) activity.pageUrl = pageUrl;
  if (referrer !== undefined) activity.referrer = referrer;
  const consent =
    kind === 'track' && isWithdrawal(name)
      ? false
      : (consentIn(given) ?? consentIn(contextTraits) ?? consentInContext(context));
  if (consent !== undefined) activity.marketingConsent = consent;
  return activity;
};

interface NamedInContext {
  readonly traits: Json;
  readonly externalIds: unknown;
}

const identifiersOf = (
  kind: SegmentKind,
  message: Json,
  { traits, externalIds }: NamedInContext,
): Identifiers => {
  const identifiers: { -readonly [I in keyof Identifiers]?: string } = {};
  const userId = identifyingId(idIn(message, 'userId', MAX_ID));
  const anonymousId = identifyingId(idIn(message, 'anonymousId', MAX_ID));
  // Many senders use the address as user id.
  const email = emailOf(traits['email']) ?? emailOf(userId);
  const crmId = crmIdOf(traits, externalIds);
  const phone = callableOf(traits['phone']);
  if (email !== undefined) identifiers.email = email;
  if (userId !== undefined) identifiers.userId = userId;
  if (crmId !== undefined) identifiers.crmId = crmId;
  if (phone !== undefined) identifiers.phone = phone;
  if (anonymousId !== undefined) identifiers.anonymousId = anonymousId;
  if (kind === 'alias') {
    if (userId === undefined) throw new InvalidMessage('/userId', 'is missing: alias needs the new id');
    identifiers.previousId = requiredIdIn(message, 'previousId', MAX_ID, 'alias needs the id it replaces');
  }
  return identifiers;
};

const namesOf = (kind: SegmentKind, message: Json, properties: Json): { name: string; properties: Json } => {
  switch (kind) {
    case 'track':
      return {
        name: requiredTextIn(message, 'event', MAX_NAME, 'track needs the name of the event'),
        properties,
      };
    case 'page':
    case 'screen':
      return {
        name: textIn(message, 'name', MAX_NAME) ?? truncatedTextOf(properties['title'], MAX_NAME) ?? '',
        properties,
      };
    case 'group': {
      const groupId = requiredIdIn(message, 'groupId', MAX_ID, 'group needs the id of the group');
      return { name: '', properties: { ...properties, groupId } };
    }
    default:
      return { name: '', properties };
  }
};

const campaignIn = (context: Json, page: Json, properties: Json): CampaignTouch | undefined => {
  const campaign = objectOrUndefined(context['campaign']);
  // Of a long address the whole, because tags stand at the end.
  return campaignWith(campaign && campaignOf(campaign), page['url'] ?? properties['url'], page['search']);
};

/**
 * With both times of a message, `timestamp` is final: RudderStack's servers set it beside the time of the call, and a message
 * that was forwarded has a corrected one.
 */
const timeOf = (message: Json, envelope: Envelope, { receivedAt }: RequestContext): number => {
  const timestamp = instantIn(message, 'timestamp');
  const original = instantIn(message, 'originalTimestamp');
  const sent = instantIn(message, 'sentAt') ?? envelope.sentAt;
  const isFinal = timestamp !== undefined && original !== undefined;
  return occurredAt(
    { happened: timestamp ?? original, sent: isFinal ? undefined : sent },
    receivedAt.getTime(),
  );
};
