import type { ActivityAttributedV1, Open, TouchKind } from '@baton/contracts';

/** A touch of a lead as it is stored. */
export interface LeadTouch {
  readonly touchId: string;
  readonly profileId: string;
  readonly leadId: string;
  readonly occurredAt: string;
  readonly kind: Open<TouchKind>;
  readonly sourceId: string;
  readonly channel: string;
  /** As it was sent; empty: none. */
  readonly campaign: string;
  /** What the person saw: the variant of the campaign if it names one, else the page, else the form, e-mail or event. */
  readonly content: string;
}

export const touchOf = ({ campaign, page, name, ...touch }: ActivityAttributedV1): LeadTouch => ({
  ...touch,
  campaign: campaign?.name ?? '',
  content: campaign?.content?.trim() || page || name,
});
