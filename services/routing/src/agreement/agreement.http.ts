import { periodAt, periodOfKey, type CalendarPeriod, type PeriodUnit } from '@baton/calendar';
import { isInstant } from '@baton/contracts';
import { Definitions, type ActiveDefinition } from '@baton/definitions';
import {
  ApiResponseShape,
  Clock,
  CurrentUser,
  decodeCursor,
  DomainError,
  type Page,
  PageOf,
  pageOf,
  ReadDatabase,
  User,
} from '@baton/platform';
import { Controller, Get, Query } from '@nestjs/common';
import { toIso } from '../policy/duration.js';
import type { Agreement } from './agreement.js';
import { agreement } from './agreement.kind.js';
import { LedgerQuery, ScorecardQuery } from './agreement.request.js';
import { LedgerEntryResponse, ScorecardResponse, toEntryResponse } from './agreement.response.js';
import { scorecardOf } from './scorecard.js';
import { ScorecardStore, type AfterEntry } from './scorecard.store.js';

const DEFAULT_LIMIT = 50;
const POSITION = {
  at: isInstant,
  id: (value: unknown) => typeof value === 'string' && /^\d{1,18}$/.test(value),
};

/** How it counts is said by the agreement in force now, what is promised by the one at the end of the period. */
interface AgreementInPeriod extends ActiveDefinition<Agreement> {
  readonly period: CalendarPeriod;
  readonly unit: PeriodUnit;
  readonly timeZone: string;
}

/** The agreement against the facts. Both teams read the same figures; behind them each person sees the hand-offs that they may see. */
@Controller('agreement')
export class AgreementHttp {
  constructor(
    private readonly scorecards: ScorecardStore,
    private readonly definitions: Definitions,
    private readonly database: ReadDatabase,
    private readonly clock: Clock,
  ) {}

  /** What was promised and what was kept of it, by segment and clause, with what is to be expected at the end of the period. */
  @Get('scorecard')
  @ApiResponseShape(ScorecardResponse)
  async scorecard(@Query() { period: key }: ScorecardQuery): Promise<ScorecardResponse> {
    const now = this.clock.now().getTime();
    const { id, document, period, unit, timeZone } = await this.periodOf(key, now);
    const counts = await this.scorecards.counts(period, now);
    return {
      period: period.key,
      unit,
      start: toIso(period.start),
      end: toIso(period.end),
      timeZone,
      previous: periodAt(period.start - 1, unit, timeZone).key,
      next: period.end <= now ? periodAt(period.end, unit, timeZone).key : null,
      agreementId: id,
      clauses: scorecardOf(document, counts, period, now),
    };
  }

  /** The hand-offs behind a figure, newest first. */
  @Get('ledger')
  @ApiResponseShape(PageOf(LedgerEntryResponse))
  async ledger(@Query() query: LedgerQuery, @CurrentUser() user: User): Promise<Page<LedgerEntryResponse>> {
    const { cursor, limit = DEFAULT_LIMIT } = query;
    const after = cursor === undefined ? undefined : decodeCursor<AfterEntry>(cursor, POSITION);
    const { period } = await this.periodOf(query.period, this.clock.now().getTime());
    const found = await this.scorecards.entries(user, query, period, { limit: limit + 1, after });
    const page = pageOf(found, limit, ({ at, id }) => ({ at: at.toISOString(), id }));
    return { items: page.items.map(toEntryResponse), next: page.next };
  }

  private async periodOf(key: string | undefined, now: number): Promise<AgreementInPeriod> {
    const current = await this.definitions.inForce(this.database, agreement, new Date(now));
    const { period: unit, timeZone } = current.document;
    if (key === undefined) return { ...current, unit, timeZone, period: periodAt(now, unit, timeZone) };
    const asked = periodOfKey(key, unit, timeZone);
    if (!asked)
      throw new DomainError('unprocessable', `The agreement counts by ${unit}.`, {
        errors: [
          { pointer: '/period', detail: `is no ${unit} such as ${periodAt(now, unit, timeZone).key}` },
        ],
      });
    const then = await this.definitions.inForce(
      this.database,
      agreement,
      new Date(Math.min(now, asked.end - 1)),
    );
    return { ...then, unit, timeZone, period: asked };
  }
}
