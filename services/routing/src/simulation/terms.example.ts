import { defaultAgreement } from '../agreement/agreement.js';
import type { Terms } from '../agreement/ledger-entry.js';

/** What the hand-offs of a simulation are judged by. */
export const terms: Terms = {
  handoffId: '7d3a1f0e-95a5-4e43-8a5b-1c7b5b1e0c01',
  agreementId: 'agreement-1',
  segment: defaultAgreement.segments[0]!,
};
