/** Milestones that are stages of the funnel. */
export const STAGE_MILESTONES = ['lead', 'mql', 'sal', 'sql'] as const;

/** What a path leads to: a stage reached for the first time, an opportunity, a deal won, or what went wrong. */
export const MILESTONES = [...STAGE_MILESTONES, 'opportunity', 'won', 'rejected', 'breached'] as const;
export type Milestone = (typeof MILESTONES)[number];

/** Max touches of a path: the last before the milestone. */
export const MAX_PATH_TOUCHES = 50;

/** The path of all touches of a person up to now, for journeys that did not reach a milestone. */
export const OPEN = 'open';
