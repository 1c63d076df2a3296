import { DefinitionActivated } from './definitions/definition-activated.v1.js';
import type { EventContract } from './event-contract.js';
import { ActivityRecorded } from './ingestion/activity-recorded.v1.js';
import { HandoffAccepted } from './routing/handoff-accepted.v1.js';
import { HandoffAttempted } from './routing/handoff-attempted.v1.js';
import { HandoffBreached } from './routing/handoff-breached.v1.js';
import { HandoffEscalated } from './routing/handoff-escalated.v1.js';
import { HandoffOffered } from './routing/handoff-offered.v1.js';
import { HandoffQualified } from './routing/handoff-qualified.v1.js';
import { HandoffReassigned } from './routing/handoff-reassigned.v1.js';
import { HandoffRejected } from './routing/handoff-rejected.v1.js';
import { HandoffWarned } from './routing/handoff-warned.v1.js';
import { LeadCreated } from './scoring/lead-created.v1.js';
import { LeadScored } from './scoring/lead-scored.v1.js';
import { LeadStageChanged } from './scoring/lead-stage-changed.v1.js';

/** Every event there is. */
export const catalogue: readonly EventContract[] = [
  ActivityRecorded,
  LeadCreated,
  LeadScored,
  LeadStageChanged,
  HandoffOffered,
  HandoffWarned,
  HandoffEscalated,
  HandoffBreached,
  HandoffReassigned,
  HandoffAccepted,
  HandoffRejected,
  HandoffAttempted,
  HandoffQualified,
  DefinitionActivated,
];
