import { EachNested, IsInstant, IsUuid, Optional } from '@baton/contracts';
import { Nullable } from '@baton/platform';
import { IsBoolean, IsIn, IsInt, IsNumber, IsString } from 'class-validator';
import { toIso } from '../policy/duration.js';
import type { AssignmentDecision } from '../team/assignment-decision.js';
import { STRATEGIES } from '../team/strategy.js';
import type { StoredDecision } from './decision.store.js';

export class CandidateResponse {
  @IsUuid() readonly id!: string;
  @IsString() readonly name!: string;
  @IsNumber() readonly weight!: number;
  /** Position in the round robin before the choice: the lowest of those who can take the lead is next. */
  @IsNumber() readonly pointer!: number;
  @IsInt() readonly open!: number;
  @IsInt() readonly today!: number;
  /** Why not this one, as a phrase that follows the name; null for those who could take it. */
  @Nullable() @IsString() readonly obstacle!: string | null;
  @IsBoolean() readonly isChosen!: boolean;
}

/** An owner or team that the rules asked before and that had no seller for the lead. */
export class AskedResponse {
  @IsString() readonly team!: string;
  @IsString() readonly why!: string;
  @EachNested(() => CandidateResponse) readonly candidates!: readonly CandidateResponse[];
}

export class AssignmentResponse {
  @IsString() readonly team!: string;
  /** Name of the routing rule that chose the team; null: none matched. Absent when no rules were asked. */
  @Optional() @Nullable() @IsString() readonly rule?: string | null;
  /** The routing rules that were asked, such as `routing-rules-1`. */
  @Optional() @IsString() readonly rulesId?: string;
  /** A strategy of the pool; `owner`: the lead, or another of its account, is the seller's; `named`: a person or an absence named them. */
  @IsIn([...STRATEGIES, 'owner', 'named']) readonly method!: AssignmentDecision['method'];
  /** Decides between sellers with the same pointer; null when there was one. */
  @Nullable() @IsNumber() readonly seed!: number | null;
  @Nullable() @IsUuid() readonly sellerId!: string | null;
  @IsString() readonly why!: string;
  /** Those who could take it first, by pointer; at most 200. */
  @EachNested(() => CandidateResponse) readonly candidates!: readonly CandidateResponse[];
  @EachNested(() => AskedResponse) readonly before!: readonly AskedResponse[];
}

export class DecisionRecordResponse extends AssignmentResponse {
  /** 1 for the first offer; 0: why the hand-off waited. */
  @IsInt() readonly offer!: number;
  @IsInstant() readonly at!: string;
}

export const toAssignmentResponse = ({
  candidates,
  before = [],
  ...decision
}: AssignmentDecision): AssignmentResponse => ({
  ...decision,
  candidates: candidates.map((each) => ({ ...each, isChosen: each.id === decision.sellerId })),
  before: before.map(({ team, why, candidates: asked }) => ({
    team,
    why,
    candidates: asked.map((each) => ({ ...each, isChosen: false })),
  })),
});

export const toDecisionResponse = ({ offer, at, decision }: StoredDecision): DecisionRecordResponse => ({
  ...toAssignmentResponse(decision),
  offer,
  at: toIso(at),
});
