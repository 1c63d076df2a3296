import { HandoffLedger } from '../handoff/handoff-ledger.js';
import { AgreementHttp } from './agreement.http.js';
import { LedgerStore } from './ledger.store.js';
import { OnObligationDue } from './on-obligation-due.js';
import { OnReviewDue } from './on-review-due.js';
import { RecordEntries } from './record-entries.js';
import { ScorecardStore } from './scorecard.store.js';
import { TaskStore } from './task.store.js';
import { TasksHttp } from './tasks.http.js';

/** What the service needs of the agreement. */
export const agreements = {
  http: [AgreementHttp, TasksHttp],
  timers: [OnObligationDue, OnReviewDue],
  stores: [
    LedgerStore,
    ScorecardStore,
    TaskStore,
    RecordEntries,
    { provide: HandoffLedger, useExisting: RecordEntries },
  ],
};
