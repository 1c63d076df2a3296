import type { ActivityRecordedV1, Identifiers } from '@baton/contracts';
import { campaignInFields, campaignInUrl } from '../activity/campaign.js';
import { channelOf } from '../activity/channel.js';
import { consentIn, isConsentField } from '../activity/consent.js';
import { activityIdOf, emailOf, personKeyOf, identifyingId } from '../activity/identity.js';
import { InvalidMessage, type Json } from '../activity/invalid-message.js';
import { isAutomated, type MutableActivity, type RequestContext } from '../activity/request-context.js';
import { traitNamed, traitsOf } from '../activity/traits.js';
import { controlFieldsOf, isPayloadField, type ControlFields } from './control-fields.js';

/** A form filled in, as it came over HTTP. */
export interface FormFill {
  readonly formId: string;
  readonly fields: Json;
  /** The page that sent it, by the `Referer` header. */
  readonly referer?: string | undefined;
  /** `Idempotency-Key`, for a sender that may try again. */
  readonly idempotencyKey?: string | undefined;
}

const MAX_ID = 256;

/** The activity that a filled form is, and where its sender wants the visitor to go. @throws InvalidMessage */
export const activityOfForm = (
  { formId, fields, referer, idempotencyKey }: FormFill,
  context: RequestContext,
): { activity: ActivityRecordedV1; redirect: string | undefined } => {
  const said = controlFieldsOf(fields);
  const { traits, properties } = sortedFields(fields);
  const identifiers = identifiersOf(said, fields, traits['email']);
  const personKey = personKeyOf(context.digest, identifiers);
  if (personKey === undefined)
    throw new InvalidMessage(
      '/email',
      'is missing: a form needs an e-mail address, a userId or an anonymousId',
    );
  const givenId = said.messageId ?? idempotencyKey?.replace(/^"(.*)"$/, '$1');
  if (givenId !== undefined && givenId.length > MAX_ID)
    throw new InvalidMessage('/messageId', `must have at most ${MAX_ID} characters`);
  const pageUrl = said.pageUrl ?? referer?.slice(0, 2048);
  const campaign = campaignInFields(fields) ?? campaignInUrl(pageUrl) ?? campaignInUrl(referer);
  const receivedAt = context.receivedAt.toISOString();
  const fillId = fillIdOf(
    { formId, givenId, day: receivedAt.slice(0, 10), answers: [traits, properties, identifiers] },
    context,
  );
  const activity: MutableActivity = {
    activityId: activityIdOf(context.digest, context.sourceId, fillId),
    sourceId: context.sourceId,
    messageId: givenId ?? fillId,
    kind: 'form',
    name: formId,
    occurredAt: receivedAt,
    receivedAt,
    personKey,
    identifiers,
    traits,
    properties,
    channel: channelOf({ campaign, pageUrl, referrer: said.referrer }),
    bot: said.honeypot || isAutomated(context, undefined),
  };
  if (campaign) activity.campaign = campaign;
  if (pageUrl !== undefined) activity.pageUrl = pageUrl;
  if (said.referrer !== undefined) activity.referrer = said.referrer;
  const consent = consentIn(fields);
  if (consent !== undefined) activity.marketingConsent = consent;
  return { activity, redirect: said.redirect };
};

interface Fill {
  readonly formId: string;
  readonly givenId: string | undefined;
  /** UTC. */
  readonly day: string;
  readonly answers: unknown;
}

/**
 * Identifies a fill by its form and answers: a token that a cached page gives to all its visitors, or that stays after a
 * correction, does not make two fills one. Without a token the same answers on the same day are one fill: a double click, a
 * reload, a tab that is opened again.
 */
const fillIdOf = ({ formId, givenId, day, answers }: Fill, { digest }: RequestContext): string =>
  digest(JSON.stringify([formId, givenId ?? day, answers])).slice(0, 40);

/** Fields about the person become traits; what else was asked ("interest", "message") are the answers. */
const sortedFields = (
  fields: Json,
): { traits: Record<string, unknown>; properties: Record<string, unknown> } => {
  const about: Record<string, unknown> = {};
  const properties: Record<string, unknown> = {};
  for (const field of Object.keys(fields)) {
    if (!isPayloadField(field)) continue;
    // The text of an answer about consent is kept with its time, whether it was understood or not.
    if (traitNamed(field) === undefined || isConsentField(field)) properties[field] = fields[field];
    else about[field] = fields[field];
  }
  return { traits: traitsOf(about), properties };
};

const identifiersOf = (said: ControlFields, fields: Json, emailTrait: unknown): Identifiers => {
  const identifiers: { -readonly [I in keyof Identifiers]?: string } = {};
  const userId = identifyingId(idOf('/userId', said.userId));
  const anonymousId = identifyingId(idOf('/anonymousId', said.anonymousId));
  const email = emailOf(emailTrait);
  if (email === undefined) refuseBrokenAddress(fields);
  if (email !== undefined) identifiers.email = email;
  if (userId !== undefined) identifiers.userId = userId;
  if (anonymousId !== undefined) identifiers.anonymousId = anonymousId;
  return identifiers;
};

const idOf = (pointer: string, id: string | undefined): string | undefined => {
  if (id !== undefined && id.length > MAX_ID)
    throw new InvalidMessage(pointer, `must have at most ${MAX_ID} characters`);
  return id;
};

/** A visitor who mistyped the address can correct it only now. */
const refuseBrokenAddress = (fields: Json): void => {
  const field = Object.keys(fields).find(
    (name) => traitNamed(name) === 'email' && fields[name] !== '' && fields[name] !== null,
  );
  if (field !== undefined)
    throw new InvalidMessage(
      `/${field.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      'must be an e-mail address',
    );
};
