import { childPointer, type ActivityRecordedV1, type Identifiers } from '@baton/contracts';
import { campaignInFields, campaignWith } from '../origin/campaign.js';
import { channelOf } from '../origin/channel.js';
import { consentIn, isConsentField } from '../activity/consent.js';
import { activityIdOf, emailOf, personKeyOf, identifyingId } from '../activity/identity.js';
import { InvalidMessage, type Json } from '../activity/invalid-message.js';
import { isAutomated, type MutableActivity, type RequestContext } from '../activity/request-context.js';
import { traitNamed, traitsOf } from '../activity/traits.js';
import { controlFieldsOf, isPayloadField, type ControlFields } from './control-fields.js';

/** A submitted form. */
export interface FormFill {
  readonly formId: string;
  readonly fields: Json;
  /** `Referer` header. */
  readonly referer?: string | undefined;
  /** `Idempotency-Key` header. */
  readonly idempotencyKey?: string | undefined;
}

const MAX_ID = 256;

/** The activity of a submitted form, and the redirect that the form asks for. @throws InvalidMessage */
export const activityOfForm = (
  { formId, fields, referer, idempotencyKey }: FormFill,
  context: RequestContext,
): { activity: ActivityRecordedV1; redirect: string | undefined } => {
  const control = controlFieldsOf(fields);
  const { traits, properties } = sortedFields(fields);
  const identifiers = identifiersOf(control, fields, traits['email']);
  const personKey = personKeyOf(context.digest, identifiers);
  if (personKey === undefined)
    throw new InvalidMessage(
      '/email',
      'is missing: a form needs an e-mail address, a userId or an anonymousId',
    );
  const givenId = control.messageId ?? idempotencyKey?.replace(/^"(.*)"$/, '$1');
  if (givenId !== undefined && givenId.length > MAX_ID)
    throw new InvalidMessage('/messageId', `must have at most ${MAX_ID} characters`);
  const pageUrl = control.pageUrl ?? referer?.slice(0, 2048);
  const campaign = campaignWith(campaignInFields(fields), pageUrl, referer);
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
    channel: channelOf({ campaign, pageUrl, referrer: control.referrer }),
    bot: control.honeypot || isAutomated(context, undefined),
  };
  if (campaign) activity.campaign = campaign;
  if (pageUrl !== undefined) activity.pageUrl = pageUrl;
  if (control.referrer !== undefined) activity.referrer = control.referrer;
  const consent = consentIn(fields);
  if (consent !== undefined) activity.marketingConsent = consent;
  return { activity, redirect: control.redirect };
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

/** Fields about the person become traits; other fields ("interest", "message") become properties. */
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

const identifiersOf = (control: ControlFields, fields: Json, emailTrait: unknown): Identifiers => {
  const identifiers: { -readonly [I in keyof Identifiers]?: string } = {};
  const userId = identifyingId(idOf('/userId', control.userId));
  const anonymousId = identifyingId(idOf('/anonymousId', control.anonymousId));
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

/** An invalid address is an error, not ignored: the visitor can correct it only now. */
const refuseBrokenAddress = (fields: Json): void => {
  const field = Object.keys(fields).find(
    (name) => traitNamed(name) === 'email' && fields[name] !== '' && fields[name] !== null,
  );
  if (field !== undefined) throw new InvalidMessage(childPointer('', field), 'must be an e-mail address');
};
