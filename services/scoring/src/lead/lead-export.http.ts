import { csvLine, CurrentUser, User } from '@baton/platform';
import { Body, Controller, HttpCode, Post, StreamableFile } from '@nestjs/common';
import { Readable } from 'node:stream';
import { LeadQueryStore } from './lead-query.store.js';
import type { LeadPosition } from './lead-sort.js';
import type { Lead } from './lead.js';
import { LeadExportRequest } from './leads.request.js';

/** Max leads of a file, and leads of one query. */
const MAX_EXPORTED = 100_000;
const PAGE = 1_000;

const TRAITS = ['name', 'firstName', 'lastName', 'email', 'phone', 'company', 'jobTitle', 'country'] as const;
const COLUMNS = [
  ...['id', ...TRAITS, 'stage', 'points', 'grade', 'owner', 'sourceId', 'channel', 'campaign'],
  ...['createdAt', 'lastActivityAt'],
];

/** A list of leads as a file. */
@Controller('leads')
export class LeadExportHttp {
  constructor(private readonly leads: LeadQueryStore) {}

  /** What a search finds as CSV, at most 100,000 leads; points as they were last published. */
  @Post('export')
  @HttpCode(200)
  export(@Body() wanted: LeadExportRequest, @CurrentUser() user: User): StreamableFile {
    return new StreamableFile(Readable.from(this.linesOf(user, wanted), { objectMode: false }), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="leads.csv"',
    });
  }

  private async *linesOf(
    user: User,
    { sort = 'newest', ...filter }: LeadExportRequest,
  ): AsyncGenerator<string> {
    yield csvLine(COLUMNS);
    let after: LeadPosition | undefined;
    for (let exported = 0; exported < MAX_EXPORTED; exported += PAGE) {
      const found = await this.leads.search(user, filter, { sort, limit: PAGE, after });
      if (found.length > 0) yield found.map(({ lead }) => csvLine(fieldsOf(lead))).join('');
      if (found.length < PAGE) return;
      after = found.at(-1)!.position;
    }
  }
}

const fieldsOf = (lead: Lead): (string | number | null)[] => [
  lead.id,
  ...TRAITS.map((name) => plain(lead.traits[name])),
  lead.stage,
  Math.round(lead.score.points),
  lead.score.grade,
  lead.owner?.name ?? null,
  lead.sourceId,
  lead.channel,
  lead.campaign,
  new Date(lead.createdAt).toISOString(),
  new Date(lead.lastActivityAt).toISOString(),
];

const plain = (value: unknown): string | number | null =>
  typeof value === 'string' || typeof value === 'number' ? value : null;
