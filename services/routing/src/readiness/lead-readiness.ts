/**
 * What is known of a lead's stage changes. Each member is a maximum over the sequences of the lead's events, so the result does
 * not depend on the order of delivery, nor on any clock.
 */
export interface LeadReadiness {
  readonly leadId: string;
  /** Of the latest stage change. */
  readonly sequence: number;
  /** Whether the latest stage change moved the lead back or out of the funnel. */
  readonly movedBack: boolean;
  /** Of the latest stage change that made the lead sales-ready; 0: none. */
  readonly readySequence: number;
  /** Of the latest stage change that a verdict of sales caused; 0: none. */
  readonly verdictSequence: number;
  /** The `readySequence` for which the last hand-off was opened; null: none was. */
  readonly offeredSequence: number | null;
}

/** A stage change as routing judges it. */
export interface StageChange {
  readonly sequence: number;
  /** Whether the change made the lead sales-ready; false also when it was so before. */
  readonly salesReady: boolean;
  readonly cause: string;
  /** Stages reached; none when the lead moved back or out of the funnel. */
  readonly reached: readonly string[];
}

export const unknownReadiness = (leadId: string): LeadReadiness => ({
  leadId,
  sequence: 0,
  movedBack: false,
  readySequence: 0,
  verdictSequence: 0,
  offeredSequence: null,
});

/** Adds a stage change; a redelivered older one replaces nothing that a later one said. */
export const afterStageChange = (readiness: LeadReadiness, change: StageChange): LeadReadiness => {
  const { sequence, salesReady, cause, reached } = change;
  const isLatest = sequence >= readiness.sequence;
  return {
    ...readiness,
    sequence: Math.max(readiness.sequence, sequence),
    movedBack: isLatest ? !salesReady && reached.length === 0 : readiness.movedBack,
    readySequence: salesReady ? Math.max(readiness.readySequence, sequence) : readiness.readySequence,
    verdictSequence:
      cause === 'verdict' ? Math.max(readiness.verdictSequence, sequence) : readiness.verdictSequence,
  };
};

/**
 * Whether a lead without an open hand-off is to be offered. After a hand-off this takes a new readiness that scoring decided with
 * knowledge of sales' verdict, that is, after the stage change caused by the verdict: one that was on its way while a
 * seller decided does not count. A readiness that is delivered late does not count either when the lead has moved back since.
 */
export const isToBeOffered = (readiness: LeadReadiness): boolean => {
  const { sequence, movedBack, readySequence, verdictSequence, offeredSequence } = readiness;
  if (readySequence === 0 || (movedBack && readySequence < sequence)) return false;
  if (offeredSequence === null) return true;
  return offeredSequence < verdictSequence && verdictSequence < readySequence;
};

export const afterOffer = (readiness: LeadReadiness): LeadReadiness => ({
  ...readiness,
  offeredSequence: readiness.readySequence,
});
