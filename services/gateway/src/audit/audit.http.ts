import { isInstant, isRowNumber, Optional } from '@baton/contracts';
import { ApiResponseShape, decodeCursor, Nullable, PageOf, pageOf, Roles, type Page } from '@baton/platform';
import { Controller, Get, Injectable, Query, Res } from '@nestjs/common';
import { IsDateString, IsInt, IsObject, IsString, MaxLength } from 'class-validator';
import { stringify } from 'csv-stringify/sync';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { AuditStore, type AuditFilter, type AuditPosition, type StoredAuditEntry } from './audit.store.js';

const PAGE = 50;
const EXPORT_PAGE = 2_000;
const MAX_EXPORTED = 200_000;
const COLUMNS = [
  'at',
  'actorId',
  'actorName',
  'actorRole',
  'action',
  'objectId',
  'status',
  'address',
  'traceId',
  'changes',
];

export class AuditFilterQuery {
  /** Of the user or token. */
  @Optional() @IsString() @MaxLength(128) readonly actorId?: string;
  /** Of the lead, hand-off, definition … */
  @Optional() @IsString() @MaxLength(128) readonly objectId?: string;
  /** A part of the action, such as `/accept` or `POST /api/users`. */
  @Optional() @IsString() @MaxLength(128) readonly action?: string;
  @Optional() @IsDateString({ strict: true }) readonly from?: string;
  /** Exclusive. */
  @Optional() @IsDateString({ strict: true }) readonly to?: string;
}

export class AuditQuery extends AuditFilterQuery {
  @Optional() @IsString() @MaxLength(512) readonly cursor?: string;
}

export class AuditEntryResponse {
  @IsString() readonly id!: string;
  @IsString() readonly at!: string;
  @Nullable() @IsString() readonly actorId!: string | null;
  @Nullable() @IsString() readonly actorName!: string | null;
  @Nullable() @IsString() readonly actorRole!: string | null;
  /** Method and path, ids as `{id}`. */
  @IsString() readonly action!: string;
  /** First id of the path. */
  @Nullable() @IsString() readonly objectId!: string | null;
  /** Of the response: 403 was tried and refused. */
  @IsInt() readonly status!: number;
  @IsString() readonly address!: string;
  @Nullable() @IsString() readonly traceId!: string | null;
  /** Of a change of definitions, access, sources or the roster: by field, `from` (null for something new) and `to`. */
  @Nullable() @IsObject() readonly changes!: object | null;
}

const toResponse = (entry: StoredAuditEntry): AuditEntryResponse => ({
  ...entry,
  at: entry.at.toISOString(),
});
const filterOf = ({ actorId, objectId, action, from, to }: AuditFilterQuery): AuditFilter => ({
  actorId,
  objectId,
  action,
  from: from === undefined ? undefined : new Date(from),
  to: to === undefined ? undefined : new Date(to),
});
const positionOf = ({ at, id }: { readonly at: Date | string; readonly id: string }): AuditPosition => ({
  at: new Date(at).toISOString(),
  id,
});

/** Who did or read what. */
@Injectable()
@Roles('admin')
@Controller('api/audit')
export class AuditHttp {
  constructor(private readonly store: AuditStore) {}

  /** Newest first. */
  @Get()
  @ApiResponseShape(PageOf(AuditEntryResponse))
  async list(@Query() { cursor, ...filter }: AuditQuery): Promise<Page<AuditEntryResponse>> {
    const before =
      cursor === undefined
        ? undefined
        : decodeCursor<AuditPosition>(cursor, { at: isInstant, id: isRowNumber });
    const found = await this.store.page(filterOf(filter), before, PAGE + 1);
    return pageOf(found.map(toResponse), PAGE, positionOf);
  }

  /** The same as CSV, at most 200,000 entries. */
  @Get('export')
  export(@Query() filter: AuditFilterQuery, @Res() reply: FastifyReply): void {
    void reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="audit.csv"')
      .send(Readable.from(this.csvOf(filterOf(filter))));
  }

  private async *csvOf(filter: AuditFilter): AsyncGenerator<string> {
    yield stringify([COLUMNS]);
    let before: AuditPosition | undefined;
    for (let exported = 0; exported < MAX_EXPORTED; exported += EXPORT_PAGE) {
      const entries = await this.store.page(filter, before, EXPORT_PAGE);
      // Names are free text: a spreadsheet must not take one for a formula.
      yield stringify(entries.map(toResponse), { columns: COLUMNS, escape_formulas: true });
      if (entries.length < EXPORT_PAGE) return;
      before = positionOf(entries.at(-1)!);
    }
  }
}
