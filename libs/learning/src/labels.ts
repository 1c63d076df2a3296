/** What a verdict or an outcome says, as the reject reasons of the product declare it. */
const LESSONS = ['fit', 'engagement', 'data-quality', 'timing', 'nothing'] as const;
export type Lesson = (typeof LESSONS)[number];

export const isLesson = (text: string | null): text is Lesson => LESSONS.some((lesson) => lesson === text);

/** What became of a lead that was handed to sales. */
export type Outcome =
  | { readonly kind: 'accepted' | 'qualified' | 'opportunity' | 'won' }
  | { readonly kind: 'rejected' | 'lost' | 'churned'; readonly teaches: Lesson };

/**
 * 1 when the lead was worth the hand-off, 0 when it was not, undefined when the outcome says nothing about it and must not be trained on: a
 * wrong phone number, bad timing or a duplicate do not say that the industry or the webinar is bad. A rejection, a lost deal and a
 * customer who left say what their reason teaches.
 */
export const labelOf = (outcome: Outcome): 0 | 1 | undefined => {
  if (!('teaches' in outcome)) return 1;
  return outcome.teaches === 'fit' || outcome.teaches === 'engagement' ? 0 : undefined;
};

/**
 * Label of a lead by its outcomes in order of time; those that say nothing change nothing. A won deal outweighs all. Otherwise the newest
 * outcome that says something counts, but no rejection undoes a qualification or a deal, and an acceptance counts only until more is known.
 */
export const labelOfAll = (outcomes: readonly Outcome[]): 0 | 1 | undefined => {
  const telling = outcomes.filter((outcome) => labelOf(outcome) !== undefined);
  if (telling.some(({ kind }) => kind === 'won')) return 1;
  const proof = telling.findLast(({ kind }) => kind !== 'rejected' && kind !== 'accepted');
  const newest = proof ?? telling.at(-1);
  return newest && labelOf(newest);
};
