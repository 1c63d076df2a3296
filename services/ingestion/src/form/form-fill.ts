import { type ActivityRecordedV1, childPointer, type Identifiers, isTraitName } from '@baton/contracts';
import { consentIn, unclearConsentIn } from '../activity/consent.js';
import { campaignInFields, campaignWith } from '../origin/campaign.js';
import { channelOf } from '../origin/channel.js';
import { activityIdOf, emailOf, personKeyOf, identifyingId } from '../activity/identity.js';
import { InvalidMessage, truncatedTextOf, type Json } from '../activity/invalid-message.js';
import { callableOf } from '../activity/phone.js';
import {
  robotReasonOf,
  type MutableActivity,
  type RequestContext,
  type RobotReason,
} from '../activity/request-context.js';
import { traitsOf } from '../activity/traits.js';
import { controlFieldsOf, lastOf, MAX_ID_READ } from './control-fields.js';
import { fieldUsesOf, propertyNameOf, type FieldUse } from './field-target.js';

/** A submitted form. */
export interface FormFill {
  readonly formId: string;
  readonly fields: Json;
  /** What the owner of the form said its fields are. */
  readonly mapping?: Readonly<Record<string, string>> | undefined;
  /** `Referer` header. */
  readonly referer?: string | undefined;
  /** `Idempotency-Key` header. */
  readonly idempotencyKey?: string | undefined;
}

const MAX_ID = 256;
const NO_MAPPING = Object.freeze({});

/** The activity that a fill is, and what was understood of it. */
export interface ReadFill {
  readonly activity: ActivityRecordedV1;
  /** Redirect that the form asks for. */
  readonly redirect: string | undefined;
  readonly uses: readonly FieldUse[];
  /** Fields that ask for consent and whose answer was not understood. */
  readonly unclearConsent: readonly string[];
  /** Why it is a robot's. */
  readonly robot: RobotReason | undefined;
}

/** The activity of a submitted form. @throws InvalidMessage */
export const activityOfForm = (
  { formId, fields, mapping, referer, idempotencyKey }: FormFill,
  context: RequestContext,
): ReadFill => {
  const control = controlFieldsOf(fields);
  const uses = fieldUsesOf(fields, mapping ?? NO_MAPPING);
  const { traits, properties, consent } = sortedFields(fields, uses);
  const identifiers = identifiersOf(fields, uses, traits);
  const personKey = personKeyOf(context.digest, identifiers);
  if (personKey === undefined)
    throw new InvalidMessage(
      '/email',
      'is missing: a form needs an e-mail address, a phone number with its country code, a userId or an anonymousId',
    );
  const givenId = identifyingId(control.messageId ?? idempotencyKey?.replace(/^"(.*)"$/, '$1'));
  if (givenId !== undefined && givenId.length > MAX_ID)
    throw new InvalidMessage('/messageId', `must have at most ${MAX_ID} characters`);
  const pageUrl = control.pageUrl ?? referer?.slice(0, 2048);
  const campaign = campaignWith(campaignInFields(fields), pageUrl, referer);
  const receivedAt = context.receivedAt.toISOString();
  const fillId = fillIdOf(
    { formId, givenId, day: receivedAt.slice(0, 10), answers: [traits, properties, identifiers] },
    context,
  );
  const robot = control.honeypot ? 'honeypot' : robotReasonOf(context, undefined);
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
    bot: robot !== undefined,
  };
  if (campaign) activity.campaign = campaign;
  if (pageUrl !== undefined) activity.pageUrl = pageUrl;
  if (control.referrer !== undefined) activity.referrer = control.referrer;
  const agreed = consentIn(consent);
  if (agreed !== undefined) activity.marketingConsent = agreed;
  return { activity, redirect: control.redirect, uses, unclearConsent: unclearConsentIn(consent), robot };
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

interface SortedFields {
  readonly traits: Record<string, unknown>;
  readonly properties: Record<string, unknown>;
  /** Answers about consent, by their field. */
  readonly consent: Record<string, unknown>;
}

/** Fields about the person become traits; other answers ("interest", "message") become properties. */
const sortedFields = (fields: Json, uses: readonly FieldUse[]): SortedFields => {
  const about: Record<string, unknown>[] = [];
  const properties: Record<string, unknown> = {};
  const consent: Record<string, unknown> = {};
  for (const { field, target, reason } of uses) {
    const value = fields[field];
    if (target === 'property' || target === 'marketingConsent') {
      // The text of an answer about consent is kept with its time, whether it was understood or not.
      properties[propertyNameOf(field, properties)] = value;
      if (target === 'marketingConsent') consent[reason === 'mapped' ? target : field] = value;
    } else if (isTraitName(target)) about.push({ [reason === undefined ? field : target]: value });
  }
  return { traits: traitsOf(...about), properties, consent };
};

/** Without a CRM id: whatever a visitor writes into a field would make them another's contact. */
const identifiersOf = (fields: Json, uses: readonly FieldUse[], traits: Json): Identifiers => {
  const identifiers: { -readonly [I in keyof Identifiers]?: string } = {};
  const userId = idOf('userId', fields, uses);
  const anonymousId = idOf('anonymousId', fields, uses);
  const email = emailOf(traits['email']);
  const phone = callableOf(traits['phone']);
  if (email === undefined) refuseBrokenAddress(fields, uses);
  if (email !== undefined) identifiers.email = email;
  if (userId !== undefined) identifiers.userId = userId;
  if (phone !== undefined) identifiers.phone = phone;
  if (anonymousId !== undefined) identifiers.anonymousId = anonymousId;
  return identifiers;
};

const idOf = (target: string, fields: Json, uses: readonly FieldUse[]): string | undefined => {
  for (const use of uses) {
    if (use.target !== target) continue;
    const id = identifyingId(truncatedTextOf(lastOf(fields[use.field]), MAX_ID_READ));
    if (id !== undefined && id.length > MAX_ID)
      throw new InvalidMessage(childPointer('', use.field), `must have at most ${MAX_ID} characters`);
    if (id !== undefined) return id;
  }
  return undefined;
};

/** An invalid address is an error, not ignored: the visitor can correct it only now. */
const refuseBrokenAddress = (fields: Json, uses: readonly FieldUse[]): void => {
  const given = uses.find(
    ({ field, target }) => target === 'email' && fields[field] !== '' && fields[field] !== null,
  );
  if (given !== undefined)
    throw new InvalidMessage(childPointer('', given.field), 'must be an e-mail address');
};
