import { outgoing, type Outgoing } from '@baton/bus';
import type { Outcome } from './evaluate-leads.js';

/** By lead id, the trace context of the message that led to its events. */
export type TraceparentByLead = ReadonlyMap<string, string | undefined>;

const NO_TRACES: TraceparentByLead = new Map();

/** The events of an outcome, to be published. */
export const toOutgoing = ({ events }: Outcome, traceparents = NO_TRACES): Outgoing[] =>
  events.map(({ contract, data, sequence, leadId }) =>
    outgoing(contract, data, sequence, { traceparent: traceparents.get(leadId) }),
  );
