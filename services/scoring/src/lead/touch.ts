import { uuidOfHash, type ActivityRecordedV1, type TouchKind } from '@baton/contracts';
import type { Activity } from '../activity/activity.js';
import { truncate } from '../activity/traits.js';
import type { Digest } from '../identity/lead-id.js';

/** An activity that can take credit; times are ms since 1970. */
export interface Touch {
  readonly touchId: string;
  readonly activity: ActivityRecordedV1;
  readonly profileId: string;
  readonly leadId: string;
  readonly kind: TouchKind;
  readonly at: number;
}

/** Visits are cut at the half hours of the clock, so that neither order nor repetition of page views changes them. */
const VISIT_MS = 30 * 60_000;
const EMAIL_CLICK = /^email (link )?clicked$/i;
/** Events that report on e-mails, deals and verdicts, not on what brought somebody. */
const NO_TOUCH = /^(email|deal|opportunity|order|subscription|lead (accepted|qualified|rejected))\b/i;
const MAX_PAGE = 256;

/** The touch that an activity of a person is; null when it takes no credit. */
export const touchOf = (
  data: ActivityRecordedV1,
  { at }: Activity,
  { profileId, leadId }: Pick<Touch, 'profileId' | 'leadId'>,
  digest: Digest,
): Touch | null => {
  const kind = kindOf(data);
  if (kind === null) return null;
  const touchId = kind === 'visit' ? visitIdOf(data, at, profileId, digest) : data.activityId;
  return { touchId, activity: data, profileId, leadId, kind, at };
};

const kindOf = (data: ActivityRecordedV1): TouchKind | null => {
  if (data.kind === 'form') return 'form';
  // A page of the same site leads to "direct" although there is a referrer: it continues a visit.
  if (data.kind === 'page' || data.kind === 'screen')
    return data.channel === 'direct' && data.referrer ? null : 'visit';
  if (data.kind !== 'track') return null;
  if (EMAIL_CLICK.test(data.name)) return 'email';
  return NO_TOUCH.test(data.name) ? null : 'event';
};

const visitIdOf = (data: ActivityRecordedV1, at: number, profileId: string, digest: Digest): string =>
  uuidOfHash(
    digest(
      JSON.stringify([
        'visit',
        profileId,
        data.channel,
        data.campaign?.name ?? '',
        Math.floor(at / VISIT_MS),
      ]),
    ),
  );

/** Path of a page, without query and fragment, which may hold personal data. */
export const pageOf = (url: string | undefined): string | undefined => {
  const path = url === undefined ? undefined : /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*(\/[^?#]*)?/i.exec(url)?.[1];
  return path && truncate(path, MAX_PAGE);
};
