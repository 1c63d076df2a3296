import type { Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { campaignKeyOf } from '../report/campaign.js';
import { addCampaigns } from '../report/campaign.store.js';
import type { LeadTouch } from './lead-touch.js';

const IDS = ['profile_id', 'lead_id', 'occurred_at'];
const TEXTS = ['kind', 'source_id', 'channel', 'campaign', 'content'];
const FIGURES = [...IDS, ...TEXTS];
/** The earliest of the same touch; the rest of the row decides between two of one time, so that the order of reading does not matter. */
const orderOf = (row: string): string =>
  [
    `${row}.occurred_at`,
    `${row}.lead_id`,
    `${row}.profile_id`,
    ...TEXTS.map((column) => `${row}.${column} collate "C"`),
  ].join(', ');

/** Touches, each once however often it was published. */
@Injectable()
export class LeadTouchStore {
  async add(tx: Transaction, touches: readonly LeadTouch[]): Promise<void> {
    await addCampaigns(
      tx,
      touches.map(({ campaign, occurredAt }) => ({ name: campaign, at: occurredAt })),
    );
    await tx.rows(
      `insert into touches as t (touch_id, ${FIGURES.join(', ')})
       select distinct on (touch_id) * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::text[], $6::text[],
         $7::text[], $8::text[], $9::text[]) as given (touch_id, ${FIGURES.join(', ')})
       order by touch_id, ${orderOf('given')}
       on conflict (touch_id) do update set ${FIGURES.map((column) => `${column} = excluded.${column}`).join(', ')}
       where (${orderOf('excluded')}) < (${orderOf('t')})`,
      [
        touches.map((touch) => touch.touchId),
        touches.map((touch) => touch.profileId),
        touches.map((touch) => touch.leadId),
        touches.map((touch) => touch.occurredAt),
        touches.map((touch) => touch.kind),
        touches.map((touch) => touch.sourceId),
        touches.map((touch) => touch.channel),
        touches.map((touch) => campaignKeyOf(touch.campaign)),
        touches.map((touch) => touch.content),
      ],
    );
  }

  /** The leads that the profiles of these touches belong to: those an undone merge gave them, beside those of the touches. */
  async leadsOf(tx: Transaction, touches: readonly LeadTouch[]): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>(
      `select lead_id as id from profile_homes where profile_id = any($1::uuid[])
       union select lead_id from touches where touch_id = any($2::uuid[])`,
      [touches.map(({ profileId }) => profileId), touches.map(({ touchId }) => touchId)],
    );
    return [...touches.map(({ leadId }) => leadId), ...rows.map(({ id }) => id)];
  }
}
