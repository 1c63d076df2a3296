/** What decides which of several leads goes on when they turn out to be one person. */
export interface LeadRank {
  readonly id: string;
  readonly mergedInto: string | null;
  readonly hasName: boolean;
  /** Sales decided about it, or has it. */
  readonly isWithSales: boolean;
}

/**
 * The lead that a group of profiles is from now on, of those that began with one of its profiles; undefined when none did. One that
 * sales knows goes on before one that it does not, and a named one before a visitor. Of two alike the smaller id does: how old a lead is
 * may yet have to be read from its history, and must not depend on where a batch ends.
 */
export const leadOfGroup = (leads: readonly LeadRank[]): string | undefined =>
  leads.toSorted(
    (one, other) =>
      Number(one.mergedInto !== null) - Number(other.mergedInto !== null) ||
      Number(other.isWithSales) - Number(one.isWithSales) ||
      Number(other.hasName) - Number(one.hasName) ||
      (one.id < other.id ? -1 : 1),
  )[0]?.id;
