/** The teams that must sign. */
export const TEAMS = ['marketing', 'sales'] as const;
export type Team = (typeof TEAMS)[number];

export interface Person {
  readonly id: string;
  readonly name: string;
}

export interface Signature {
  readonly by: Person;
  readonly at: Date;
  /** Requested instant of activation. Absent: the one the other team requested, or at once. */
  readonly activeFrom?: Date;
}

/** Result of the second signature. */
export interface Activation {
  readonly activeFrom: Date;
  /** Number of the activation within the kind, from 1. */
  readonly number: number;
}

/** One version of a document. The document never changes, signatures are only added, and nothing is deleted. */
export interface Definition<Document extends object = object> {
  /** `<kind>-<version>`, recorded with every decision that used it. */
  readonly id: string;
  readonly kind: string;
  readonly version: number;
  /** Version of the document's schema, see `schemaVersion` of its kind. */
  readonly schemaVersion: number;
  readonly document: Document;
  readonly note: string;
  /** Version in force when it was drafted. */
  readonly basedOn?: string;
  readonly createdBy: Person;
  readonly createdAt: Date;
  readonly signatures: Readonly<Partial<Record<Team, Signature>>>;
  readonly activation?: Activation;
}

export const idOf = (kind: string, version: number): string => `${kind}-${version}`;

/** An activated version without its document. */
export interface ActivatedVersion extends Activation {
  readonly id: string;
}

const isLater = (one: Activation, other: Activation): boolean =>
  one.activeFrom.getTime() === other.activeFrom.getTime()
    ? one.number > other.number
    : one.activeFrom > other.activeFrom;

/**
 * The version in force at `now`, of the activated versions of one kind: the one with the latest `activeFrom`, and of two with the same
 * instant the one activated last. Before the earliest `activeFrom` it is that earliest version, so that there is no time without a
 * definition. Undefined for an empty list only.
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
 * draft: no signature · proposed: one signature · scheduled: both signatures, for a later instant · active: in force · superseded:
 * another version became active after it.
 */
export const STATES = ['draft', 'proposed', 'scheduled', 'active', 'superseded'] as const;
export type State = (typeof STATES)[number];

/** The state at `now`, given the version of the kind in force then. Never stored, so that it cannot be stale. */
export const stateOf = (definition: Definition, inForceId: string | undefined, now: Date): State => {
  const { activation, signatures, id } = definition;
  if (!activation) return TEAMS.some((team) => signatures[team]) ? 'proposed' : 'draft';
  if (id === inForceId) return 'active';
  return activation.activeFrom > now ? 'scheduled' : 'superseded';
};
