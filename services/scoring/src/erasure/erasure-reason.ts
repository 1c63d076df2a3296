/** Why a person is erased; no free text, which could name the person again. */
export const ERASURE_REASONS = [
  'asked-by-person',
  'consent-withdrawn',
  'no-longer-needed',
  'unlawful',
] as const;
export type ErasureReason = (typeof ERASURE_REASONS)[number];
