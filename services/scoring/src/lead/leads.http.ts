import { Database } from '@baton/bus';
import { Answers, Clock, decodeCursor, DomainError, pageOf, PageOf, type Page } from '@baton/platform';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { InForceStore } from '../definition/active-definitions.cache.js';
import { explain } from '../score/explain.js';
import { score } from '../score/score.js';
import { ActivityStore, type AfterActivity, type Past } from '../activity/activity.store.js';
import { LeadReadingStore, type AfterLead } from './lead-query.store.js';
import type { Lead } from './lead.js';
import {
  ActivitiesQuery,
  ActivityResponse,
  LeadPath,
  LeadResponse,
  LeadSearchRequest,
  LeadSummary,
  ScoreResponse,
} from './leads.response.js';

const PAGE = 50;

/** Leads as people read them: anybody signed in. */
@Controller('leads')
export class LeadsHttp {
  constructor(
    private readonly leads: LeadReadingStore,
    private readonly activities: ActivityStore,
    private readonly inForce: InForceStore,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** A POST, for an address must not stand in a URL. Newest first. */
  @Post('search')
  @Answers(PageOf(LeadSummary))
  async search(@Body() { limit = PAGE, cursor, ...wanted }: LeadSearchRequest): Promise<Page<LeadSummary>> {
    const after = cursor === undefined ? undefined : decodeCursor<AfterLead>(cursor, isAfter('createdAt'));
    const found = await this.leads.search(wanted, limit + 1, after);
    const page = pageOf(found, limit, ({ createdAt, id }) => ({ createdAt: instant(createdAt), id }));
    return { items: await this.toSummaries(page.items), next: page.next };
  }

  @Get(':id')
  @Answers(LeadResponse)
  async get(@Param() { id }: LeadPath): Promise<LeadResponse> {
    const lead = await this.find(id);
    const [summary] = await this.toSummaries([lead]);
    const identifiers = await this.leads.identifiersOf([id]);
    const steps = await this.leads.stagesOf(id);
    return {
      ...summary!,
      sourceId: lead.sourceId,
      identifiers: identifiers.map(({ kind, value }) => ({ kind, value })),
      stages: steps.map(({ stage, at }) => ({ stage, at: at.toISOString() })),
    };
  }

  /** Everything they did, newest first. */
  @Get(':id/activities')
  @Answers(PageOf(ActivityResponse))
  async history(
    @Param() { id }: LeadPath,
    @Query() { limit = PAGE, cursor }: ActivitiesQuery,
  ): Promise<Page<ActivityResponse>> {
    await this.find(id);
    const after =
      cursor === undefined ? undefined : decodeCursor<AfterActivity>(cursor, isAfter('occurredAt'));
    const found = await this.activities.page(this.database, id, limit + 1, after);
    return pageOf(found, limit, ({ occurredAt, id }) => ({ occurredAt, id }));
  }

  /** Where the score comes from: every contribution with its activity and rule. */
  @Get(':id/score')
  @Answers(ScoreResponse)
  async score(@Param() { id }: LeadPath): Promise<ScoreResponse> {
    const lead = await this.find(id);
    const model = await this.inForce.model(this.database, lead.modelId);
    const history: Past[] = [];
    for await (const page of this.activities.historyOf(this.database, [id])) history.push(...page);
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

  private async find(id: string): Promise<Lead> {
    const lead = await this.leads.find(id);
    if (!lead) throw new DomainError('not-found', `There is no lead ${id}.`);
    return lead;
  }

  private async toSummaries(leads: readonly Lead[]): Promise<LeadSummary[]> {
    const now = this.clock.now().getTime();
    const emails = await this.leads.identifiersOf(
      leads.map(({ id }) => id),
      ['email'],
    );
    const summaries: LeadSummary[] = [];
    for (const lead of leads) {
      const model = await this.inForce.model(this.database, lead.modelId);
      const email = emails.find(({ leadId }) => leadId === lead.id)?.value;
      summaries.push({
        id: lead.id,
        traits: { ...(email === undefined ? {} : { email }), ...lead.traits },
        stage: lead.stage,
        score: score(model, lead.traits, lead.tallies, now),
        owner: lead.owner,
        channel: lead.channel,
        campaign: lead.campaign,
        createdAt: instant(lead.createdAt),
        lastActivityAt: instant(lead.lastActivityAt),
      });
    }
    return summaries;
  }
}

const instant = (at: number): string => new Date(at).toISOString();

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const isAfter =
  (time: 'createdAt' | 'occurredAt') =>
  (position: { readonly [Member in typeof time | 'id']?: unknown }): boolean =>
    typeof position.id === 'string' &&
    UUID.test(position.id) &&
    typeof position[time] === 'string' &&
    !Number.isNaN(Date.parse(position[time]));
