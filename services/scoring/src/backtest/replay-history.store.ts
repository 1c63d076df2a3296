import { ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { AccountStore } from '../account/account.store.js';
import type { ActivityRow } from '../activity/activity-row.js';
import { traitsOf } from '../activity/traits.js';
import type { Traits } from '../score/score.js';
import { LeadReplay, type LeadToReplay } from './lead-replay.js';
import type { ReplayedActivity } from './person-so-far.js';
import type { ReplayedLead } from './replayed-lead.js';
import type { ReplayedDefinitions } from './stage-replay.js';

/** Leads whose histories are read by one cursor. */
const LEAD_PAGE = 500;
/** Max activities in memory at a time. */
const ACTIVITY_PAGE = 1_000;

/** How leads are replayed. */
interface Replay {
  readonly definitions: { readonly draft: ReplayedDefinitions; readonly active: ReplayedDefinitions };
  /** The instant at which the leads are looked at last, ms since 1970. */
  readonly now: number;
  readonly onLead: (lead: ReplayedLead) => void;
  /** After each page of activities. */
  readonly onPage?: (activities: readonly ActivityOfLead[]) => Promise<void>;
}

/** A lead with the traits that name its account. */
export type LeadInHistory = LeadToReplay & { readonly traits: Traits };

export type ActivityOfLead = ReplayedActivity & { readonly leadId: string };

@Injectable()
export class ReplayHistoryStore {
  constructor(
    private readonly database: ReadDatabase,
    private readonly accounts: AccountStore,
  ) {}

  /** Number of leads that are not merged. */
  async countLeads(): Promise<number> {
    const [row] = await this.database.rows<{ n: number }>(
      `select count(*)::integer as n from leads where ${REPLAYED}`,
    );
    return row!.n;
  }

  /** Sellers who ever had a lead. */
  async countSellers(): Promise<number> {
    const [row] = await this.database.rows<{ n: number }>(
      'select count(distinct seller_id)::integer as n from lead_sellers',
    );
    return row!.n;
  }

  /** The first channels, or campaigns, that most leads have, at most `limit`; of the newest leads only with a sample. */
  async commonest(
    column: 'channel' | 'campaign',
    { sample, limit }: { readonly sample: number | undefined; readonly limit: number },
  ): Promise<string[]> {
    const [leads, sampled] =
      sample === undefined ? [REPLAYED, []] : [`${REPLAYED} ${NEWEST_FIRST} $2`, [sample]];
    const rows = await this.database.rows<{ key: string }>(
      `select coalesce(${column}, '') as key from (select ${column} from leads where ${leads}) replayed
       group by 1 order by count(*) desc, 1 limit $1`,
      [limit, ...sampled],
    );
    return rows.map(({ key }) => key);
  }

  /** Leads in the order of their ids, a page at a time; with a limit the newest, in one page. */
  async *leadPages(sample: number | undefined): AsyncGenerator<LeadInHistory[]> {
    if (sample !== undefined) {
      yield (await this.database.rows<LeadRow>(NEWEST, [sample])).map(toLead);
      return;
    }
    let after = FIRST_ID;
    for (;;) {
      const rows = await this.database.rows<LeadRow>(LEADS, [after, LEAD_PAGE]);
      if (rows.length > 0) yield rows.map(toLead);
      if (rows.length < LEAD_PAGE) return;
      after = rows.at(-1)!.id;
    }
  }

  /** Those of the leads that exist and are not merged. */
  async leads(ids: readonly string[]): Promise<LeadInHistory[]> {
    return (await this.database.rows<LeadRow>(NAMED, [ids])).map(toLead);
  }

  /**
   * Replays leads under two pairs of definitions: one lead at a time in memory, a page of activities per step, so that requests and
   * messages are handled in between.
   */
  async replay(leads: readonly LeadInHistory[], { definitions, now, onLead, onPage }: Replay): Promise<void> {
    const { draft, active } = definitions;
    // All accounts of a page of leads are read in one query, as for live traffic.
    const readsAccount = draft.model.readsAccount || active.model.readsAccount;
    const known = readsAccount ? await this.accounts.joined(this.database, leads) : leads;
    const waiting = new Map<string, LeadToReplay>(known.map((lead) => [lead.id, lead]));
    let current: { id: string; replay: LeadReplay } | undefined;
    await this.eachActivity([...waiting.keys()], async (page) => {
      for (const activity of page) {
        if (current?.id !== activity.leadId) {
          if (current) onLead(current.replay.end(now));
          const lead = waiting.get(activity.leadId)!;
          waiting.delete(lead.id);
          current = { id: lead.id, replay: new LeadReplay(lead, definitions) };
        }
        current.replay.add(activity);
      }
      await onPage?.(page);
    });
    if (current) onLead(current.replay.end(now));
    for (const lead of waiting.values()) onLead(new LeadReplay(lead, definitions).end(now));
  }

  /** The activities of these leads except those of bots, by lead and time; `handle` gets one page after the other. */
  private async eachActivity(
    leadIds: readonly string[],
    handle: (page: readonly ActivityOfLead[]) => Promise<void> | void,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.rows(DECLARE, [leadIds]);
      for (;;) {
        const rows = await tx.rows<ReplayRow>(`fetch ${ACTIVITY_PAGE} from replay`);
        await handle(rows.map(toActivity));
        if (rows.length < ACTIVITY_PAGE) return;
      }
    });
  }
}

interface LeadRow {
  readonly id: string;
  readonly email: string | null;
  readonly traits: Traits;
  readonly createdAt: number;
  readonly channel: string;
  readonly campaign: string | null;
  readonly handedOver: boolean;
  readonly judged: boolean;
  readonly accepted: boolean;
  readonly won: boolean;
}

type ReplayRow = Omit<ActivityRow, 'occurred_at' | 'id' | 'profile_id'> & {
  readonly lead_id: string;
  readonly at: number;
};

const toLead = (row: LeadRow): LeadInHistory => {
  const { id, email, traits, createdAt, channel, campaign, ...outcome } = row;
  return { id, email, traits, first: { createdAt, channel, campaign }, outcome };
};

const toActivity = (row: ReplayRow): ActivityOfLead => ({
  leadId: row.lead_id,
  at: row.at,
  kind: row.kind,
  name: row.name,
  channel: row.channel,
  sourceId: row.source_id,
  properties: row.detail.properties ?? {},
  campaign: row.detail.campaign,
  pageUrl: row.detail.pageUrl,
  bot: false,
  traits: row.detail.traits ? traitsOf(row.detail.traits, undefined) : null,
  consent: row.detail.consent,
  identifies: row.detail.identifies === true,
});

const FIRST_ID = '00000000-0000-0000-0000-000000000000';

const LEAD_COLUMNS = `
  id, traits->>'email' as email,
  jsonb_build_object('emailDomain', traits->'emailDomain', 'emailKind', traits->'emailKind') as traits,
  (extract(epoch from created_at) * 1000)::float8 as "createdAt", channel, campaign,
  exists (select from lead_sellers where lead_id = leads.id) as "handedOver",
  exists (select from verdicts where lead_id = leads.id) as judged,
  exists (select from verdicts where lead_id = leads.id and verdict in ('accepted', 'qualified')) as accepted,
  exists (select from deals where lead_id = leads.id and state = 'won') as won`;

/** Leads that have an activity and are not merged. */
const REPLAYED = "merged_into is null and created_at < 'infinity'";
const NEWEST_FIRST = 'order by created_at desc limit';

const LEADS = `select ${LEAD_COLUMNS} from leads where ${REPLAYED} and id > $1 order by id limit $2`;
const NEWEST = `select ${LEAD_COLUMNS} from leads where ${REPLAYED} ${NEWEST_FIRST} $1`;

const NAMED = `select ${LEAD_COLUMNS} from leads where merged_into is null and id = any($1::uuid[])`;

/** By lead and time, so that one lead at a time is in memory. */
const DECLARE = `
  declare replay no scroll cursor for
  select lead_id, (extract(epoch from occurred_at) * 1000)::float8 as at, kind, name, channel, source_id, detail
  from (select distinct profile_id, lead_id from identifiers where lead_id = any($1::uuid[])) owned
  join activities using (profile_id) where not bot
  order by lead_id, occurred_at, id`;
