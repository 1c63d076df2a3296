import { DefinitionActivated } from './definitions/definition-activated.v1.js';
import type { EventContract } from './event-contract.js';
import { ActivityRecorded } from './ingestion/activity-recorded.v1.js';
import { DealChanged } from './routing/deal-changed.v1.js';
import { DealChurned } from './routing/deal-churned.v1.js';
import { DealLost } from './routing/deal-lost.v1.js';
import { DealOpened } from './routing/deal-opened.v1.js';
import { DealRenewed } from './routing/deal-renewed.v1.js';
import { DealWon } from './routing/deal-won.v1.js';
import { HandoffAccepted } from './routing/handoff-accepted.v1.js';
import { HandoffAttempted } from './routing/handoff-attempted.v1.js';
import { HandoffBreached } from './routing/handoff-breached.v1.js';
import { HandoffEscalated } from './routing/handoff-escalated.v1.js';
import { HandoffOffered } from './routing/handoff-offered.v1.js';
import { HandoffQualified } from './routing/handoff-qualified.v1.js';
import { HandoffReassigned } from './routing/handoff-reassigned.v1.js';
import { HandoffRejected } from './routing/handoff-rejected.v1.js';
import { HandoffRetimed } from './routing/handoff-retimed.v1.js';
import { HandoffWarned } from './routing/handoff-warned.v1.js';
import { NoticeCreated } from './routing/notice-created.v1.js';
import { ActivityAttributed } from './scoring/activity-attributed.v1.js';
import { LeadCreated } from './scoring/lead-created.v1.js';
import { LeadDealReported } from './scoring/lead-deal-reported.v1.js';
import { LeadErased } from './scoring/lead-erased.v1.js';
import { LeadErasureRequested } from './scoring/lead-erasure-requested.v1.js';
import { LeadMerged } from './scoring/lead-merged.v1.js';
import { LeadNurtureDue } from './scoring/lead-nurture-due.v1.js';
import { LeadOriginCorrected } from './scoring/lead-origin-corrected.v1.js';
import { LeadScored } from './scoring/lead-scored.v1.js';
import { LeadStageChanged } from './scoring/lead-stage-changed.v1.js';
import { LeadUnmerged } from './scoring/lead-unmerged.v1.js';

/** Every event of a hand-off. */
export const HANDOFF_EVENTS = [
  HandoffOffered,
  HandoffWarned,
  HandoffRetimed,
  HandoffEscalated,
  HandoffBreached,
  HandoffReassigned,
  HandoffAccepted,
  HandoffRejected,
  HandoffAttempted,
  HandoffQualified,
] as const;

/** Every event of a deal. */
export const DEAL_EVENTS = [DealOpened, DealChanged, DealWon, DealLost, DealRenewed, DealChurned] as const;

/** Every event contract. */
export const catalogue: readonly EventContract[] = [
  ActivityRecorded,
  LeadCreated,
  LeadScored,
  LeadStageChanged,
  LeadNurtureDue,
  LeadOriginCorrected,
  LeadMerged,
  LeadUnmerged,
  LeadDealReported,
  ActivityAttributed,
  ...HANDOFF_EVENTS,
  ...DEAL_EVENTS,
  NoticeCreated,
  LeadErasureRequested,
  LeadErased,
  DefinitionActivated,
];

const nounVerbAndVersion = (type: string): [string, number] => {
  const found = /^(.+)\.v(\d+)$/.exec(type);
  return found ? [found[1]!, Number(found[2])] : [type, 0];
};

const newestVersions = new Map<string, number>();
for (const [nounVerb, version] of catalogue.map(({ type }) => nounVerbAndVersion(type)))
  newestVersions.set(nounVerb, Math.max(version, newestVersions.get(nounVerb) ?? 0));

const types: ReadonlySet<string> = new Set(catalogue.map(({ type }) => type));

/**
 * What an event type is to this build. `newer-version`: a version above every known one of the same noun and verb, so its producer was
 * upgraded first; `unknown`: none of the catalogue.
 */
export const typeStatus = (type: string): 'known' | 'newer-version' | 'unknown' => {
  if (types.has(type)) return 'known';
  const [nounVerb, version] = nounVerbAndVersion(type);
  const newest = newestVersions.get(nounVerb);
  return newest !== undefined && version > newest ? 'newer-version' : 'unknown';
};
