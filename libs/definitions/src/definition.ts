/** The two sides that must agree. */
export const TEAMS = ['marketing', 'sales'] as const;
export type Team = (typeof TEAMS)[number];

export interface Person {
  readonly id: string;
  readonly name: string;
}

export interface Signature {
  readonly by: Person;
  readonly at: Date;
  /** The instant this team wants it to be in force from; without it the other team decides, or it is at once. */
  readonly activeFrom?: Date;
}

/** What the second signature makes. */
export interface Activation {
  readonly activeFrom: Date;
  /** Counts the activations of the kind, from 1. */
  readonly number: number;
}

/** One version of a document. The document never changes; only signatures are added, and nothing is deleted. */
export interface Definition<Document extends object = object> {
  /** `<kind>-<version>`: what every decision made by it records. */
  readonly id: string;
  readonly kind: string;
  readonly version: number;
  readonly document: Document;
  readonly note: string;
  /** What was in force when it was drafted. */
  readonly basedOn?: string;
  readonly createdBy: Person;
  readonly createdAt: Date;
  readonly signatures: Readonly<Partial<Record<Team, Signature>>>;
  readonly activation?: Activation;
}

export const idOf = (kind: string, version: number): string => `${kind}-${version}`;

/** An activated version, without its document. */
export interface ActivatedVersion extends Activation {
  readonly id: string;
}

const isLater = (one: Activation, other: Activation): boolean =>
  one.activeFrom.getTime() === other.activeFrom.getTime()
    ? one.number > other.number
    : one.activeFrom > other.activeFrom;

/**
 * Which of one kind's activated versions holds at `now`: the one that became active last, and of two at the same instant the one
 * signed last. Before the first became active it is the first: there is no time without a definition. Undefined for
 * an empty list only.
 */
export const inForce = <Version extends Activation>(
  versions: readonly Version[],
  now: Date,
): Version | undefined => {
  const begun = versions.filter(({ activeFrom }) => activeFrom <= now);
  if (begun.length > 0) return begun.reduce((last, each) => (isLater(each, last) ? each : last));
  return versions.reduce<Version | undefined>(
    (first, each) => (!first || isLater(first, each) ? each : first),
    undefined,
  );
};

/**
 * draft: nobody signed · proposed: one team signed · scheduled: both signed, for a later instant · active: in force ·
 * superseded: another one became active after it.
 */
export const STATES = ['draft', 'proposed', 'scheduled', 'active', 'superseded'] as const;
export type State = (typeof STATES)[number];

/** The state at `now`, given which version of the kind is in force then; never stored, so never stale. */
export const stateOf = (definition: Definition, inForceId: string | undefined, now: Date): State => {
  const { activation, signatures, id } = definition;
  if (!activation) return TEAMS.some((team) => signatures[team]) ? 'proposed' : 'draft';
  if (id === inForceId) return 'active';
  return activation.activeFrom > now ? 'scheduled' : 'superseded';
};
