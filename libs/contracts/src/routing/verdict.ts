/** What a reject reason teaches: which part of the scoring was wrong. */
export const LESSONS = ['fit', 'engagement', 'data-quality', 'timing', 'nothing'] as const;
export type Lesson = (typeof LESSONS)[number];

/** What happens to a rejected lead: back to nurture, or closed for good. */
export const REJECT_OUTCOMES = ['recycled', 'disqualified'] as const;
export type RejectOutcome = (typeof REJECT_OUTCOMES)[number];

export const ATTEMPT_CHANNELS = ['phone', 'email', 'meeting', 'social', 'other'] as const;
export type AttemptChannel = (typeof ATTEMPT_CHANNELS)[number];
export const ATTEMPT_OUTCOMES = [
  'reached',
  'no-answer',
  'left-message',
  'wrong-contact',
  'call-back',
] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];
