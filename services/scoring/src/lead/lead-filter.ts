/** Which leads of the list are asked for; what is not given restricts nothing. Times are UTC, ISO 8601, points whole. */
export interface LeadFilter {
  /** The whole address. */
  readonly email?: string | undefined;
  readonly text?: string | undefined;
  readonly stages?: readonly string[] | undefined;
  /** The id of a seller, `me`, or `nobody`. */
  readonly owner?: string | undefined;
  readonly grades?: readonly string[] | undefined;
  readonly minPoints?: number | undefined;
  readonly maxPoints?: number | undefined;
  readonly sourceId?: string | undefined;
  readonly channel?: string | undefined;
  readonly campaign?: string | undefined;
  readonly createdFrom?: string | undefined;
  readonly createdTo?: string | undefined;
  readonly createdWithinDays?: number | undefined;
  readonly activeFrom?: string | undefined;
  readonly activeTo?: string | undefined;
  readonly activeWithinDays?: number | undefined;
  readonly identified?: boolean | undefined;
  readonly hasEmail?: boolean | undefined;
  /** The domain of an account. */
  readonly account?: string | undefined;
  readonly ids?: readonly string[] | undefined;
}

/** What a filter may be stored with: nothing in it names a person. */
export type LeadConditions = Omit<LeadFilter, 'email' | 'text' | 'ids'>;
