import type { Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import type { RoutingFacts } from '../rules/routing-rules.js';
import type { HandoffEvent } from './handoff-event.js';
import type { Handoff } from './handoff.js';

/** What was decided about a hand-off, before it is applied. */
export interface DecidedChange {
  readonly handoff: Handoff;
  readonly events: readonly HandoffEvent[];
  /** Of the lead, when the hand-off is opened by this change. */
  readonly facts?: RoutingFacts;
}

/** Keeps account of all changes of hand-offs, in the transaction that makes them. Implemented by `agreement/`. */
@Injectable()
export abstract class HandoffLedger {
  abstract record(tx: Transaction, changes: readonly DecidedChange[]): Promise<void>;
}
