/** The clocks of a hand-off: accept runs from the offer, first touch from the acceptance. */
export const CLOCKS = ['accept', 'first-touch'] as const;
export type ClockName = (typeof CLOCKS)[number];
