import { Optional } from '@baton/contracts';
import { csvLine, DomainError, Roles } from '@baton/platform';
import { Controller, Get, Injectable, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { Readable } from 'node:stream';
import { FactExportStore } from './fact-export.store.js';
import { FACT_NAMES, type FactTable } from './fact-table.js';
import { parquetOf } from './parquet-export.http.js';

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson',
  parquet: 'application/vnd.apache.parquet',
} as const;
type Format = keyof typeof TYPES;
const FORMATS = Object.keys(TYPES) as readonly Format[];

export class FactExportRequest {
  /** `csv` unless given; `ndjson`: one JSON object per line; `parquet`: columns with types, for analysts. */
  @Optional() @IsIn(FORMATS) readonly format?: Format;
}

/** The facts behind the reports as files. No names of people; the columns are those of docs/bi.md. */
@Injectable()
@Controller('reports/facts')
export class FactExportHttp {
  constructor(private readonly facts: FactExportStore) {}

  /** All people, milestones, touches, offers or deals, read page by page while the file is sent. */
  @Get(':table')
  @Roles('marketing', 'operations', 'admin')
  @ApiProduces(...Object.values(TYPES))
  async file(
    @Param('table') name: string,
    @Query() { format = 'csv' }: FactExportRequest,
  ): Promise<StreamableFile> {
    const table = FACT_NAMES.find((each) => each === name);
    if (!table)
      throw new DomainError('not-found', `There are no such facts; there are ${FACT_NAMES.join(', ')}.`);
    const columns = await this.facts.columns(table);
    const content =
      format === 'parquet'
        ? parquetOf(columns, this.facts.pages(table))
        : this.linesOf(
            table,
            columns.map((column) => column.name),
            format,
          );
    return new StreamableFile(Readable.from(content, { objectMode: false }), {
      type: TYPES[format],
      disposition: `attachment; filename="baton-${table}.${format}"`,
    });
  }

  private async *linesOf(
    table: FactTable,
    columns: readonly string[],
    format: 'csv' | 'ndjson',
  ): AsyncGenerator<string> {
    if (format === 'csv') yield csvLine(columns);
    for await (const rows of this.facts.pages(table))
      yield rows
        .map((row) =>
          format === 'csv' ? csvLine(columns.map((column) => row[column])) : `${JSON.stringify(row)}\n`,
        )
        .join('');
  }
}
