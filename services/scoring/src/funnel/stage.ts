import { compile, type Predicate } from '@baton/conditions';
import type { Score } from '@baton/contracts';
import type { Funnel, Outcome, Verdict } from './funnel.js';
import { risesWithPoints } from './monotonic.js';
import type { Standing } from './sales-status.js';

/** What the stages' conditions are asked about. */
export interface StageFacts extends Score {
  /** They gave an e-mail address. */
  readonly identified: boolean;
  /** They agreed to receive marketing; false when they said nothing. */
  readonly consent: boolean;
  readonly traits: Readonly<Record<string, unknown>>;
}

export interface CompiledFunnel {
  readonly document: Funnel;
  /** Highest first: the stages that nobody in sales decides. */
  readonly own: readonly { readonly key: string; readonly holds: Predicate }[];
  readonly onVerdict: ReadonlyMap<Verdict, string>;
  readonly onOutcome: ReadonlyMap<Outcome, string>;
  /** Place of each stage in the funnel, from 0; exits have none. */
  readonly place: ReadonlyMap<string, number>;
  readonly readyFrom: number;
  /** More points never lower a stage. */
  readonly risesWithPoints: boolean;
  /** The first stage: where everybody is before anything is known. */
  readonly first: string;
}

/** A funnel document that has been checked, ready to decide with. */
export const compileFunnel = (document: Funnel): CompiledFunnel => {
  const { stages, exits } = document;
  const place = new Map(stages.map(({ key }, index) => [key, index]));
  return {
    document,
    own: stages
      .filter(({ by }) => by !== 'verdict')
      .map(({ key, when }) => ({ key, holds: when ? compile(when) : () => true }))
      .reverse(),
    onVerdict: new Map(stages.flatMap(({ key, on }) => (on ? [[on, key] as const] : []))),
    onOutcome: new Map(exits.map(({ key, on }) => [on, key])),
    place,
    risesWithPoints: stages.every(({ when }) => !when || risesWithPoints(when)),
    readyFrom: place.get(document.salesReady.stage) ?? Infinity,
    first: stages[0]!.key,
  };
};

/** The highest stage that holds without sales: what score and identity alone say. */
export const ownStage = (funnel: CompiledFunnel, facts: StageFacts): string =>
  funnel.own.find(({ holds }) => holds(facts as never))?.key ?? funnel.first;

/**
 * The stage of a lead. While sales has it, what sales said last decides and no score can take it back; a lead that left stays
 * out. Otherwise score and identity decide, up and down.
 */
export const stageOf = (funnel: CompiledFunnel, standing: Standing, facts: StageFacts): string => {
  if (standing?.with === 'sales') {
    const held = standing.verdicts.map((verdict) => funnel.onVerdict.get(verdict));
    const highest = highestOf(funnel, held);
    if (highest !== undefined) return highest;
  }
  const exit = standing?.with === 'nobody' ? funnel.onOutcome.get(standing.outcome) : undefined;
  return exit ?? ownStage(funnel, facts);
};

const highestOf = ({ place }: CompiledFunnel, keys: readonly (string | undefined)[]): string | undefined =>
  keys
    .filter((key) => key !== undefined)
    .sort((one, other) => place.get(other)! - place.get(one)!)
    .at(0);

/** Whether a stage is one from which sales is to be offered the lead; what sales decided itself is not offered again. */
export const isReady = (funnel: CompiledFunnel, standing: Standing, stage: string): boolean =>
  standing === null && (funnel.place.get(stage) ?? -1) >= funnel.readyFrom;

/** The stages that a step from one to another reaches, in funnel order; none on a step back or out. */
export const reachedBy = ({ place, document }: CompiledFunnel, from: string, to: string): string[] => {
  const end = place.get(to);
  if (end === undefined) return [];
  const start = place.get(from);
  // From an exit, or from a stage of an older funnel: what was passed on the way is not known any more.
  if (start === undefined) return [to];
  return document.stages.slice(start + 1, end + 1).map(({ key }) => key);
};
