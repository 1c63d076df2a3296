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
import { accountDomainOf } from '../account/account-domain.js';
import { ActiveDefinitionsCache } from '../definition/active-definitions.cache.js';
import type { CompiledModel } from '../model/compiled-model.js';
import { ActivityStore, type AfterActivity } from '../activity/activity.store.js';
import { LeadProbabilities } from '../learning/lead-probability.cache.js';
import { scoreOf } from './evaluate-lead.js';
import { LeadQueryStore, MAX_COUNTED } from './lead-query.store.js';
import { positionFieldsOf, type LeadPosition } from './lead-sort.js';
import type { Lead } from './lead.js';
import { ActivitiesQuery, LeadFilterRequest, LeadPath, LeadSearchRequest } from './leads.request.js';
import {
  ActivityResponse,
  LeadCountResponse,
  LeadResponse,
  LeadSummary,
  toActivityResponse,
} from './leads.response.js';

const DEFAULT_LIMIT = 50;
const ACTIVITY_POSITION = { occurredAt: isInstant, id: isUuid };

/** Leads for signed-in users: a seller sees those they own or were offered, now or before; other roles see all. */
@Controller('leads')
export class LeadsHttp {
  constructor(
    private readonly leads: LeadQueryStore,
    private readonly activities: ActivityStore,
    private readonly definitions: ActiveDefinitionsCache,
    private readonly probabilities: LeadProbabilities,
    private readonly database: ReadDatabase,
    private readonly clock: Clock,
  ) {}

  /** First seen last unless sorted otherwise. A POST, so that names and e-mail addresses do not appear in URLs. */
  @Post('search')
  @ApiResponseShape(PageOf(LeadSummary))
  async search(
    @Body() { limit = DEFAULT_LIMIT, cursor, sort = 'newest', ...filter }: LeadSearchRequest,
    @CurrentUser() user: User,
  ): Promise<Page<LeadSummary>> {
    const after =
      cursor === undefined ? undefined : decodeCursor<LeadPosition>(cursor, positionFieldsOf(sort));
    const found = await this.leads.search(user, filter, { sort, limit: limit + 1, after });
    const page = pageOf(found, limit, ({ position }) => position);
    const items = await this.toSummaries(page.items.map(({ lead }) => lead));
    if (filter.ids === undefined) return { items, next: page.next };
    const former = await this.leads.formerIds(filter.ids);
    return {
      items: items.map((item) => (former.has(item.id) ? { ...item, formerIds: former.get(item.id)! } : item)),
      next: page.next,
    };
  }

  /** How many leads a search finds. Counting ends at 10,000, so that it costs little with any number of leads. */
  @Post('count')
  @ApiResponseShape(LeadCountResponse)
  async count(@Body() filter: LeadFilterRequest, @CurrentUser() user: User): Promise<LeadCountResponse> {
    const count = await this.leads.count(user, filter);
    return { count: Math.min(count, MAX_COUNTED), more: count > MAX_COUNTED };
  }

  @Get(':id')
  @ApiResponseShape(LeadResponse)
  async get(@Param() { id }: LeadPath, @CurrentUser() user: User): Promise<LeadResponse> {
    const lead = await this.find(user, id);
    const [summary] = await this.toSummaries([lead]);
    const identifiers = await this.leads.identifiersOf(lead);
    const steps = await this.leads.stagesOf(lead);
    const model = await this.definitions.model(this.database, lead.modelId);
    return {
      ...summary!,
      probability: await this.probabilities.of(lead, model, this.clock.now().getTime()),
      sourceId: lead.sourceId,
      accountDomain: accountDomainOf(lead.traits),
      identifiers,
      stages: steps.map(({ from, stage, cause, reason, at }) => ({
        from,
        stage,
        cause,
        reason,
        at: at.toISOString(),
      })),
      nurture: (await this.leads.signalsOf(lead)).map(({ reason, words, since, at }) => ({
        ...{ reason, words },
        since: since.toISOString(),
        at: at.toISOString(),
      })),
      recycledTimes: lead.recycling.times,
      wakeAt: wakeAtOf(lead),
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
    const lead = await this.find(user, id);
    const after = cursor === undefined ? undefined : decodeCursor<AfterActivity>(cursor, ACTIVITY_POSITION);
    const found = await this.activities.page(this.database, lead.id, limit + 1, after);
    return pageOf(found.map(toActivityResponse), limit, ({ occurredAt, id }) => ({ occurredAt, id }));
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
      score: scoreOf(lead, models.get(lead.modelId)!, now),
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

const wakeAtOf = ({ salesStatus }: Lead): string | null =>
  salesStatus?.state === 'returned' && salesStatus.wakeAt !== null ? instant(salesStatus.wakeAt) : null;

const instant = (at: number): string => new Date(at).toISOString();
