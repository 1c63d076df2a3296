import { outgoing, type Outgoing } from '@baton/bus';
import type { Outcome } from './evaluate-leads.js';

/** Trace context of what led to the events of each lead. */
export type Causes = ReadonlyMap<string, string | undefined>;

/** What happened to leads, to be published. */
export const toOutgoing = ({ events }: Outcome, causes: Causes = new Map()): Outgoing[] =>
  events.map(({ contract, data, sequence, leadId }) =>
    outgoing(contract, data, sequence, { traceparent: causes.get(leadId) }),
  );
