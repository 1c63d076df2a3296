import { countErased, eraseDeadLetters, mentionsAnyOf, type Transaction } from '@baton/bus';
import type { ErasedRows, LeadErasureRequestedV1 } from '@baton/contracts';
import { Injectable } from '@nestjs/common';

const STATEMENTS: readonly (readonly [string, string])[] = [
  ['live_events', `delete from live_events where data ->> 'leadId' = any($1::text[])`],
  ['lead_sellers', 'delete from lead_sellers where lead_id::text = any($1::text[])'],
];

/** `$1`: labels. */
const LABELS: readonly (readonly [string, string])[] = [
  [
    'touches',
    `update touches set campaign = case when campaign = any($1::text[]) then '' else campaign end,
       content = case when content = any($1::text[]) then '' else content end
     where campaign = any($1::text[]) or content = any($1::text[])`,
  ],
  ['lead_facts', `update lead_facts set campaign = '' where campaign = any($1::text[])`],
  ['campaigns', 'delete from campaigns where key = any($1::text[])'],
  ['touch_counts', `delete from touch_counts where campaign = any($1::text[])`],
];

const ADD_COUNTS = `
  insert into touch_counts as counts (day, source_id, channel, campaign, kind, touches, bots)
  select day, source_id, channel, '', kind, sum(touches), sum(bots) from touch_counts
  where campaign = any($1::text[]) group by 1, 2, 3, 5
  on conflict (day, source_id, channel, campaign, kind)
  do update set touches = counts.touches + excluded.touches, bots = counts.bots + excluded.bots`;

/** People whose paths may have touches that are deleted by now: of these leads, and of those they were merged into. */
const KEPT_PEOPLE = `
  with recursive kept (lead_id) as (
    select lead_id from touches_deleted
    union select into_lead_id from kept join lead_links using (lead_id) where into_lead_id is not null
  )`;

/** Leads with rows that have a label; `$1`: labels. */
const LABELLED = `${KEPT_PEOPLE}
  select lead_id from touches where campaign = any($1::text[]) or content = any($1::text[])
  union select lead_id from lead_facts where campaign = any($1::text[])
  union select lead_id from people where campaign = any($1::text[]) or content = any($1::text[])
  union select lead_id from paths join kept using (lead_id) where campaigns && $1::text[] or contents && $1::text[]
  order by 1`;

const emptied = (column: string): string =>
  `${column} = array(select case when label = any($1::text[]) then '' else label end from unnest(${column}) with ordinality as each (label, place) order by place)`;

/** What was derived from touches that are deleted by now stays as it is stored, but for labels; `$1`: labels. */
const KEPT: readonly string[] = [
  `update people set content = '' where content = any($1::text[])`,
  `${KEPT_PEOPLE} update paths set ${emptied('campaigns')}, ${emptied('contents')} from kept
   where paths.lead_id = kept.lead_id and (campaigns && $1::text[] or contents && $1::text[])`,
];

/** Texts of kept figures: names people gave them, and keys as they were shown. */
const KEPT_TEXTS = `
  select name as text from kept_attributions
  union select each.key ->> 'key' from kept_attributions, jsonb_array_elements(answer -> 'keys') as each (key)`;

/** `$1`: texts. The figures stay. */
const KEPT_FIGURES: readonly (readonly [string, string])[] = [
  [
    'kept_attributions',
    `update kept_attributions set name = case when name = any($1::text[]) then '(erased)' else name end,
       answer = jsonb_set(answer, '{keys}', coalesce(
         (select jsonb_agg(case when key ->> 'key' = any($1::text[]) then jsonb_set(key, '{key}', '"(erased)"') else key end order by place)
          from jsonb_array_elements(answer -> 'keys') with ordinality as each (key, place)), '[]'))
     where name = any($1::text[])
       or exists (select from jsonb_array_elements(answer -> 'keys') as each (key) where key ->> 'key' = any($1::text[]))`,
  ],
];

/** What was erased from the facts. */
interface ErasedLabels {
  readonly rows: ErasedRows[];
  readonly labels: readonly string[];
  /** All leads that had one of the labels, whose people are to be derived again. */
  readonly leadIds: readonly string[];
}

/**
 * Reports have ids, times, stages and amounts of people, never what names them, so the figures stay. What goes: the live stream, dead
 * letters, and names of campaigns and contents with an identifier in them, as a link with an address in its parameters makes, also where
 * kept figures show them.
 */
@Injectable()
export class PersonLabelsStore {
  /** Erases from the facts. A link with an identifier may have been followed by others: the label goes wherever it is. */
  async erase(tx: Transaction, { leadIds, identifierHashes }: LeadErasureRequestedV1): Promise<ErasedLabels> {
    const mentions = mentionsAnyOf(identifierHashes);
    const erased = await countErased(tx, STATEMENTS, [leadIds]);
    const labels = (await this.labelsOf(tx, leadIds)).filter(mentions);
    const labelled = labels.length === 0 ? [] : await tx.rows<{ lead_id: string }>(LABELLED, [labels]);
    if (labels.length > 0) {
      await tx.rows(ADD_COUNTS, [labels]);
      erased.push(...(await countErased(tx, LABELS, [labels])));
    }
    erased.push(...(await this.eraseKeptFigures(tx, mentions)));
    erased.push({ place: 'dead_letters', count: await eraseDeadLetters(tx, mentions) });
    return { rows: erased, labels, leadIds: labelled.map(({ lead_id }) => lead_id) };
  }

  /** Erases what is kept without facts, after all others are derived: their people are locked then. */
  async eraseKept(tx: Transaction, labels: readonly string[]): Promise<void> {
    if (labels.length > 0) for (const statement of KEPT) await tx.rows(statement, [labels]);
  }

  /** Looks at all texts: the touches they were counted from may be deleted. */
  private async eraseKeptFigures(
    tx: Transaction,
    mentions: (text: string) => boolean,
  ): Promise<ErasedRows[]> {
    // Figures that are being kept are waited for, or refused when they come after: see KeptAttributionStore.
    await tx.rows('lock table kept_attributions in share row exclusive mode');
    const texts = (await tx.rows<{ text: string }>(KEPT_TEXTS)).map(({ text }) => text).filter(mentions);
    return texts.length === 0 ? [] : countErased(tx, KEPT_FIGURES, [texts]);
  }

  private async labelsOf(tx: Transaction, leadIds: readonly string[]): Promise<string[]> {
    const rows = await tx.rows<{ label: string }>(
      `select campaign as label from touches where lead_id = any($1::uuid[])
       union select content from touches where lead_id = any($1::uuid[])
       union select campaign from lead_facts where lead_id = any($1::uuid[])
       union select content from people where lead_id = any($1::uuid[])
       union select unnest(campaigns || contents) from paths where lead_id = any($1::uuid[])`,
      [leadIds],
    );
    return rows.map(({ label }) => label);
  }
}
