import { isInstant, isUuid } from '@baton/contracts';
import {
  ApiResponseShape,
  Clock,
  CurrentUser,
  decodeCursor,
  DomainError,
  pageOf,
  PageOf,
  ReadDatabase,
  User,
  type Page,
} from '@baton/platform';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ActiveDefinitionsCache } from '../definition/active-definitions.cache.js';
import type { CompiledModel } from '../model/compiled-model.js';
import { explain } from '../score/explain.js';
import { score } from '../score/score.js';
import type { HistoricActivity } from '../activity/activity-row.js';
import { ActivityStore, type AfterActivity } from '../activity/activity.store.js';
import { LeadQueryStore, type AfterLead } from './lead-query.store.js';
import type { Lead } from './lead.js';
import { ActivitiesQuery, LeadPath, LeadSearchRequest } from './leads.request.js';
import {
  ActivityResponse,
  LeadResponse,
  LeadSummary,
  ScoreResponse,
  toActivityResponse,
} from './leads.response.js';

const DEFAULT_LIMIT = 50;
const LEAD_POSITION = { createdAt: isInstant, id: isUuid };
const ACTIVITY_POSITION = { occurredAt: isInstant, id: isUuid };

/** Leads for signed-in users: a seller sees those they own or were offered, now or before; other roles see all. */
@Controller('leads')
export class LeadsHttp {
  constructor(
    private readonly leads: LeadQueryStore,
    private readonly activities: ActivityStore,
    private readonly definitions: ActiveDefinitionsCache,
    private readonly database: ReadDatabase,
    private readonly clock: Clock,
  ) {}

  /** Newest first. A POST, so that e-mail addresses do not appear in URLs. */
  @Post('search')
  @ApiResponseShape(PageOf(LeadSummary))
  async search(
    @Body() { limit = DEFAULT_LIMIT, cursor, ...filter }: LeadSearchRequest,
    @CurrentUser() user: User,
  ): Promise<Page<LeadSummary>> {
    const after = cursor === undefined ? undefined : decodeCursor<AfterLead>(cursor, LEAD_POSITION);
    const found = await this.leads.search(user, filter, { limit: limit + 1, after });
    const page = pageOf(found, limit, ({ createdAt, id }) => ({ createdAt: instant(createdAt), id }));
    return { items: await this.toSummaries(page.items), next: page.next };
  }

  @Get(':id')
  @ApiResponseShape(LeadResponse)
  async get(@Param() { id }: LeadPath, @CurrentUser() user: User): Promise<LeadResponse> {
    const lead = await this.find(user, id);
    const [summary] = await this.toSummaries([lead]);
    const identifiers = await this.leads.identifiersOf(lead);
    const steps = await this.leads.stagesOf(lead);
    return {
      ...summary!,
      sourceId: lead.sourceId,
      identifiers,
      stages: steps.map(({ stage, at }) => ({ stage, at: at.toISOString() })),
    };
  }

  /** All activities, newest first. */
  @Get(':id/activities')
  @ApiResponseShape(PageOf(ActivityResponse))
  async history(
    @Param() { id }: LeadPath,
    @Query() { limit = DEFAULT_LIMIT, cursor }: ActivitiesQuery,
    @CurrentUser() user: User,
  ): Promise<Page<ActivityResponse>> {
    await this.find(user, id);
    const after = cursor === undefined ? undefined : decodeCursor<AfterActivity>(cursor, ACTIVITY_POSITION);
    const found = await this.activities.page(this.database, id, limit + 1, after);
    return pageOf(found.map(toActivityResponse), limit, ({ occurredAt, id }) => ({ occurredAt, id }));
  }

  /** The score explained: every contribution with its activity and rule. */
  @Get(':id/score')
  @ApiResponseShape(ScoreResponse)
  async score(@Param() { id }: LeadPath, @CurrentUser() user: User): Promise<ScoreResponse> {
    const lead = await this.find(user, id);
    const model = await this.definitions.model(this.database, lead.modelId);
    const history: HistoricActivity[] = [];
    for await (const page of this.activities.pagesOf(this.database, id)) history.push(...page);
    const now = this.clock.now();
    const { contributions, ...explanation } = explain(model, lead.traits, history, now.getTime());
    return {
      ...explanation,
      modelId: lead.modelId,
      scoredAt: now.toISOString(),
      contributions: contributions
        .filter(({ points }) => points !== 0)
        .map((each) => ({ ...each, occurredAt: each.occurredAt === null ? null : instant(each.occurredAt) })),
    };
  }

  /** @throws DomainError `not-found`, for a lead of others as for one that does not exist */
  private async find(user: User, id: string): Promise<Lead> {
    const lead = await this.leads.find(user, id);
    if (!lead) throw new DomainError('not-found', `There is no lead ${id}.`);
    return lead;
  }

  private async toSummaries(leads: readonly Lead[]): Promise<LeadSummary[]> {
    const now = this.clock.now().getTime();
    const models = await this.modelsOf(leads);
    return leads.map((lead) => ({
      id: lead.id,
      traits: lead.traits,
      stage: lead.stage,
      score: score(models.get(lead.modelId)!, lead.traits, lead.tallies, now),
      owner: lead.owner,
      channel: lead.channel,
      campaign: lead.campaign,
      createdAt: instant(lead.createdAt),
      lastActivityAt: instant(lead.lastActivityAt),
    }));
  }

  private async modelsOf(leads: readonly Lead[]): Promise<Map<string, CompiledModel>> {
    const models = new Map<string, CompiledModel>();
    for (const id of new Set(leads.map(({ modelId }) => modelId)))
      models.set(id, await this.definitions.model(this.database, id));
    return models;
  }
}

const instant = (at: number): string => new Date(at).toISOString();
