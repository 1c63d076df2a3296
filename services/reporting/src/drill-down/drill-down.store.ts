import { ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { leadVisibleTo, parametersOf, type Viewer } from '../live/live-visibility.js';
import { campaignKeyOf } from '../report/campaign.js';
import { NONE, type CohortGrouping } from '../report/grouping.js';
import type { Period } from '../report/period.js';

/** The newest leads behind a figure. */
const MAX_LEADS = 100;

/** Which leads of a funnel report are meant. */
export interface FigureAsked {
  readonly period: Period;
  readonly by: CohortGrouping;
  /** A group of the report; undefined for all. */
  readonly key: string | undefined;
  readonly stage: string | undefined;
  /** Who asks: only leads that they may see are listed. */
  readonly viewer: Viewer;
}

export interface LeadBehind {
  readonly leadId: string;
  readonly createdAt: string;
  readonly channel: string;
  readonly campaign: string;
  readonly seller: string;
}

@Injectable()
export class DrillDownStore {
  constructor(private readonly database: ReadDatabase) {}

  /** How many leads the figure has, and the newest of those to be seen. */
  async leads({
    period,
    by,
    key,
    stage,
    viewer,
  }: FigureAsked): Promise<{ total: number; items: LeadBehind[] }> {
    const value = key === NONE ? '' : by === 'campaign' && key !== undefined ? campaignKeyOf(key) : key;
    const behind = `from people p where created_at >= $1 and created_at < $2
      and ($3::text is null or ${by} = $3) and ($4::text is null or $4 = any(stages))`;
    const values = [period.start, period.end, value ?? null, stage ?? null];
    const [counted] = await this.database.rows<{ total: number }>(
      `select count(*)::int as total ${behind}`,
      values,
    );
    const items = await this.database.rows<Omit<LeadBehind, 'createdAt'> & { createdAt: Date }>(
      `select lead_id as "leadId", created_at as "createdAt", channel,
         coalesce((select label from campaigns c where c.key = p.campaign), p.campaign) as campaign, seller
       ${behind} and ${leadVisibleTo('$5', '$6', 'p.lead_id')}
       order by created_at desc, lead_id limit ${MAX_LEADS}`,
      [...values, ...parametersOf(viewer)],
    );
    return {
      total: counted!.total,
      items: items.map((item) => ({ ...item, createdAt: item.createdAt.toISOString() })),
    };
  }
}
