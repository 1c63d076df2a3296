import { instantBefore } from '@baton/contracts';
import { ApiResponseShape, Clock, CurrentUser, DomainError, ReadDatabase, User } from '@baton/platform';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { toAccountSummary } from '../account/account.response.js';
import { ActiveDefinitionsCache, type ActiveModel } from '../definition/active-definitions.cache.js';
import { LeadQueryStore } from '../lead/lead-query.store.js';
import type { Lead } from '../lead/lead.js';
import { LeadPath } from '../lead/leads.request.js';
import { Explainer } from '../score/explain.js';
import { accountAt } from '../account/account-at.js';
import { ScoreHistoryQuery, ScoreQuery } from './explanation.request.js';
import { ScoreHistoryResponse, ScoreResponse, toExplained } from './explanation.response.js';
import { LeadStateStore } from './lead-state.store.js';
import { ScoreCurve } from './score-curve.js';
import { ScoredHistoryStore } from './scored-history.store.js';
import { TraitHistory } from './trait-history.js';

const DEFAULT_DAYS = 90;
const DEFAULT_POINTS = 91;
const DAY_MS = 86_400_000;

/** Scores explained, now and at past instants, for whoever sees the lead. */
@Controller('leads')
export class ExplanationHttp {
  constructor(
    private readonly leads: LeadQueryStore,
    private readonly history: ScoredHistoryStore,
    private readonly states: LeadStateStore,
    private readonly definitions: ActiveDefinitionsCache,
    private readonly database: ReadDatabase,
    private readonly clock: Clock,
  ) {}

  /**
   * The score explained: every point with its activity, its rule, what is left of it and when it drops out. With `at`: the score of
   * the activities that had occurred by then, by the model that was active then; stage and owner as they were decided by then.
   */
  @Get(':id/score')
  @ApiResponseShape(ScoreResponse)
  async score(
    @Param() { id }: LeadPath,
    @Query() { at }: ScoreQuery,
    @CurrentUser() user: User,
  ): Promise<ScoreResponse> {
    const lead = await this.find(user, id);
    const now = this.clock.now();
    const instant = at === undefined ? now : pastInstant(at, now, '/at');
    const model = await this.modelOf(lead, instant, at !== undefined);
    const explainer = new Explainer(model.compiled, instant.getTime());
    const traits = new TraitHistory(lead);
    for await (const page of this.history.pagesUntil(lead.id, instant.getTime()))
      for (const activity of page) {
        explainer.add(activity);
        traits.add(activity.traits, activity.at);
      }
    const state = at === undefined ? lead : await this.states.at(lead, instant);
    const known = at === undefined ? lead.traits : traits.at([instant.getTime()])[0]!;
    const account = at === undefined ? lead.account : accountAt(lead.account, known, instant.getTime());
    return {
      ...toExplained(explainer.explain(known, account ?? undefined)),
      account: account && toAccountSummary(account),
      modelId: model.id,
      scoredAt: instant.toISOString(),
      stage: state.stage,
      owner: state.owner,
      complete: !(await this.history.isCut(lead.id, instant.getTime())),
    };
  }

  /** The score over time, each point as `score` would give it at that instant, and the stages reached. */
  @Get(':id/score/history')
  @ApiResponseShape(ScoreHistoryResponse)
  async scoreHistory(
    @Param() { id }: LeadPath,
    @Query() query: ScoreHistoryQuery,
    @CurrentUser() user: User,
  ): Promise<ScoreHistoryResponse> {
    const lead = await this.find(user, id);
    const instants = instantsOf(query, this.clock.now());
    const models = await this.definitions.modelsAt(
      this.database,
      instants.map((at) => new Date(at)),
    );
    const curve = new ScoreCurve(
      instants,
      models.map(({ compiled }) => compiled),
    );
    const traits = new TraitHistory(lead);
    const end = instants.at(-1)!;
    for await (const page of this.history.pagesUntil(lead.id, end))
      for (const activity of page) {
        curve.add(activity);
        traits.add(activity.traits, activity.at);
      }
    const known = traits.at(instants);
    const scores = curve.scores(
      known,
      instants.map((at, index) => accountAt(lead.account, known[index]!, at)),
    );
    const stages = await this.states.stagesBetween(lead.id, new Date(instants[0]!), new Date(end));
    return {
      points: scores.map((score, index) => ({
        ...score,
        at: new Date(instants[index]!).toISOString(),
        modelId: models[index]!.id,
      })),
      stages: stages.map(({ stage, at }) => ({ stage, at: at.toISOString() })),
      complete: !(await this.history.isCut(lead.id, end)),
    };
  }

  /** Now: the model the lead was scored with, which may be the one before for the moments until all leads are evaluated. */
  private async modelOf(lead: Lead, instant: Date, isPast: boolean): Promise<ActiveModel> {
    if (isPast) return (await this.definitions.modelsAt(this.database, [instant]))[0]!;
    return { id: lead.modelId, compiled: await this.definitions.model(this.database, lead.modelId) };
  }

  /** @throws DomainError `not-found`, for a lead of others as for one that does not exist */
  private async find(user: User, id: string): Promise<Lead> {
    const lead = await this.leads.find(user, id);
    if (!lead) throw new DomainError('not-found', `There is no lead ${id}.`);
    return lead;
  }
}

const pastInstant = (text: string, now: Date, pointer: string): Date => {
  const instant = new Date(text);
  if (instant <= now) return instant;
  const detail = 'must not be in the future';
  throw new DomainError('invalid', `'${text}' is in the future; name an instant up to now.`, {
    errors: [{ pointer, detail }],
  });
};

const instantsOf = ({ from, to, points = DEFAULT_POINTS }: ScoreHistoryQuery, now: Date): number[] => {
  const end = (to === undefined ? now : pastInstant(to, now, '/to')).getTime();
  const start = from === undefined ? instantBefore(end, DEFAULT_DAYS * DAY_MS) : new Date(from).getTime();
  if (start >= end)
    throw new DomainError('invalid', 'The time ends before it begins; name an earlier beginning.', {
      errors: [{ pointer: '/from', detail: 'must be before the end' }],
    });
  const step = (end - start) / (points - 1);
  return Array.from({ length: points }, (_, index) => Math.round(start + index * step));
};
