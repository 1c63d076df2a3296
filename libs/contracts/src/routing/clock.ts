/** The SLA clocks of a hand-off: `accept` starts with the offer, `first-touch` with the acceptance. */
export const CLOCKS = ['accept', 'first-touch'] as const;
export type ClockName = (typeof CLOCKS)[number];
