import { compile, describeCondition, type Condition, type Predicate } from '@baton/conditions';
import type { Funnel, Outcome, Verdict } from './funnel.js';
import { compileNurture, type CompiledNurtureRule } from './nurture.js';
import { isMonotonic } from './monotonic.js';
import type { ScorableActivity } from '../model/scoring-model.js';
import type { SalesStatus } from './sales-status.js';
import type { StageFacts } from './stage-facts.js';

/** One of the conditions that all have to hold. */
export interface Criterion {
  /** JSON Pointer into the funnel. */
  readonly pointer: string;
  readonly words: string;
  readonly holds: Predicate;
}

export interface AutomaticStage {
  readonly key: string;
  readonly holds: Predicate;
  readonly criteria: readonly Criterion[];
}

export interface CompiledFunnel {
  readonly document: Funnel;
  /** Stages not decided by sales, highest first. */
  readonly automatic: readonly AutomaticStage[];
  readonly onVerdict: ReadonlyMap<Verdict, string>;
  readonly onOutcome: ReadonlyMap<Outcome, string>;
  /** Index of each stage in the funnel, from 0; exits have none. */
  readonly indexOf: ReadonlyMap<string, number>;
  readonly readyFrom: number;
  /** More points never lower the stage; see `isMonotonic`. */
  readonly isMonotonic: boolean;
  /** The lowest stage, of every new lead. */
  readonly first: string;
  readonly nurture: readonly CompiledNurtureRule[];
  /** Whether a lead asks again by an activity. */
  readonly asksAgain: (activity: ScorableActivity) => boolean;
}

/** Compiles a document that passed `funnelViolations`. */
export const compileFunnel = (document: Funnel): CompiledFunnel => {
  const { stages, exits } = document;
  const indexOf = new Map(stages.map(({ key }, index) => [key, index]));
  return {
    document,
    automatic: stages
      .map(({ key, by, when }, index) => ({
        ...{ key, by },
        holds: when ? compile(when) : () => true,
        criteria: when ? criteriaOf(when, `/stages/${index}/when`) : [],
      }))
      .filter(({ by }) => by !== 'verdict')
      .reverse(),
    onVerdict: new Map(stages.flatMap(({ key, on }) => (on ? [[on, key] as const] : []))),
    onOutcome: new Map(exits.map(({ key, on }) => [on, key])),
    indexOf,
    isMonotonic: stages.every(({ when }) => !when || isMonotonic(when)),
    readyFrom: indexOf.get(document.salesReady.stage) ?? Infinity,
    first: stages[0]!.key,
    nurture: compileNurture(document),
    asksAgain: document.asksAgain ? overActivity(compile(document.asksAgain)) : () => false,
  };
};

const overActivity =
  (holds: Predicate): CompiledFunnel['asksAgain'] =>
  (activity) =>
    holds(activity as never);

const criteriaOf = (when: Condition, at: string): Criterion[] =>
  'all' in when
    ? when.all.flatMap((each, index) => criteriaOf(each, `${at}/all/${index}`))
    : [{ pointer: at, words: describeCondition(when), holds: compile(when) }];

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
