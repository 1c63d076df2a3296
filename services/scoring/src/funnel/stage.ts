import { compile, type Predicate } from '@baton/conditions';
import type { Score } from '@baton/contracts';
import type { Funnel, Outcome, Verdict } from './funnel.js';
import { isMonotonic } from './monotonic.js';
import type { SalesStatus } from './sales-status.js';

/** Facts that the conditions of stages read. */
export interface StageFacts extends Score {
  /** An e-mail address is known. */
  readonly identified: boolean;
  /** Agreed to receive marketing; false when unknown. */
  readonly consent: boolean;
  readonly traits: Readonly<Record<string, unknown>>;
}

export interface CompiledFunnel {
  readonly document: Funnel;
  /** Stages not decided by sales, highest first. */
  readonly automatic: readonly { readonly key: string; readonly holds: Predicate }[];
  readonly onVerdict: ReadonlyMap<Verdict, string>;
  readonly onOutcome: ReadonlyMap<Outcome, string>;
  /** Index of each stage in the funnel, from 0; exits have none. */
  readonly indexOf: ReadonlyMap<string, number>;
  readonly readyFrom: number;
  /** More points never lower the stage; see `isMonotonic`. */
  readonly isMonotonic: boolean;
  /** The lowest stage, of every new lead. */
  readonly first: string;
}

/** Compiles a document that passed `funnelViolations`. */
export const compileFunnel = (document: Funnel): CompiledFunnel => {
  const { stages, exits } = document;
  const indexOf = new Map(stages.map(({ key }, index) => [key, index]));
  return {
    document,
    automatic: stages
      .filter(({ by }) => by !== 'verdict')
      .map(({ key, when }) => ({ key, holds: when ? compile(when) : () => true }))
      .reverse(),
    onVerdict: new Map(stages.flatMap(({ key, on }) => (on ? [[on, key] as const] : []))),
    onOutcome: new Map(exits.map(({ key, on }) => [on, key])),
    indexOf,
    isMonotonic: stages.every(({ when }) => !when || isMonotonic(when)),
    readyFrom: indexOf.get(document.salesReady.stage) ?? Infinity,
    first: stages[0]!.key,
  };
};

/** The highest stage by score and identity alone. */
export const automaticStage = (funnel: CompiledFunnel, facts: StageFacts): string =>
  funnel.automatic.find(({ holds }) => holds(facts as never))?.key ?? funnel.first;

/**
 * The stage of a lead. Verdicts of sales take precedence: no score lowers the stage of an accepted lead, and a rejected lead stays
 * in its exit. Otherwise score and identity decide, up and down.
 */
export const stageOf = (funnel: CompiledFunnel, status: SalesStatus, facts: StageFacts): string => {
  if (status?.state === 'working') {
    const reached = status.verdicts.map((verdict) => funnel.onVerdict.get(verdict));
    const highest = highestOf(funnel, reached);
    if (highest !== undefined) return highest;
  }
  const exit = status?.state === 'returned' ? funnel.onOutcome.get(status.outcome) : undefined;
  return exit ?? automaticStage(funnel, facts);
};

const highestOf = ({ indexOf }: CompiledFunnel, keys: readonly (string | undefined)[]): string | undefined =>
  keys
    .filter((key) => key !== undefined)
    .sort((one, other) => indexOf.get(other)! - indexOf.get(one)!)
    .at(0);

/** Whether the lead is to be offered to sales in this stage; false once sales has decided. */
export const isReady = (funnel: CompiledFunnel, status: SalesStatus, stage: string): boolean =>
  status === null && (funnel.indexOf.get(stage) ?? -1) >= funnel.readyFrom;

/** The stages that a transition reaches, in funnel order; none on a transition back or to an exit. */
export const reachedBy = ({ indexOf, document }: CompiledFunnel, from: string, to: string): string[] => {
  const end = indexOf.get(to);
  if (end === undefined) return [];
  const start = indexOf.get(from);
  // From an exit or from a stage of another funnel: the stages in between are unknown.
  if (start === undefined) return [to];
  return document.stages.slice(start + 1, end + 1).map(({ key }) => key);
};
