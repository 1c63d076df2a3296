import { decisionOf, type Handoff } from '../handoff/handoff.js';
import { toIso, type Instant } from '../policy/duration.js';

export const LINK_STATES = ['open', 'used', 'expired', 'decided', 'passed-on'] as const;
export type LinkState = (typeof LINK_STATES)[number];

interface Link {
  readonly offerNumber: number;
  readonly sellerId: string;
  readonly expiresAt: Instant;
}

/** What a link for a verdict is good for now, and why in words. */
export const linkStateOf = (
  link: Link,
  handoff: Handoff,
  { isUsed, now }: { readonly isUsed: boolean; readonly now: Instant },
): { readonly state: LinkState; readonly detail: string } => {
  const decision = decisionOf(handoff);
  if (decision)
    return {
      state: 'decided',
      detail: `${decision.by.name} ${decision.what} this lead at ${toIso(decision.at)}.`,
    };
  if (handoff.seller?.id !== link.sellerId || handoff.offerNumber !== link.offerNumber)
    return { state: 'passed-on', detail: 'This lead is offered to somebody else now.' };
  if (isUsed) return { state: 'used', detail: 'This link was used already; each works once.' };
  if (now >= link.expiresAt)
    return { state: 'expired', detail: 'This link has expired. Sign in to Baton to decide.' };
  return { state: 'open', detail: 'A lead is offered to you.' };
};
