/** The facts of a lead that routing rules decide on, in words. */
export const ROUTING_FACTS = {
  country: 'country',
  company: 'company',
  industry: 'industry',
  employees: 'employees',
  jobTitle: 'job title',
  channel: 'channel',
  campaign: 'campaign',
  stage: 'stage',
  grade: 'grade',
  points: 'points',
  fit: 'points for fit',
  engagement: 'points for engagement',
} as const;

export type RoutingFact = keyof typeof ROUTING_FACTS;

const NUMBERS: ReadonlySet<RoutingFact> = new Set(['employees', 'points', 'fit', 'engagement']);

/** What is typed about a lead, as routing takes it: without empty fields, and numbers as such. */
export const factsFrom = (
  texts: Readonly<Partial<Record<RoutingFact, string>>>,
): Partial<Record<RoutingFact, string | number>> =>
  Object.fromEntries(
    Object.entries(texts)
      .map(([fact, text]) => [fact, text.trim()] as const)
      .filter(([, text]) => text !== '')
      .map(([fact, text]) => [fact, NUMBERS.has(fact as RoutingFact) ? Number(text) : text]),
  );
