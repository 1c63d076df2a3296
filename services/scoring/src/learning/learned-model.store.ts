import type { Transaction } from '@baton/bus';
import { ReadDatabase } from '@baton/platform';
import type { Averages, Model } from '@baton/learning';
import { Injectable } from '@nestjs/common';
import type { Report } from './training.js';

/** A learned model with its report; instants are ms since 1970. */
export interface LearnedModel {
  readonly id: string;
  readonly trainedAt: number;
  /** When the newest hand-off it was trained on was offered. */
  readonly until: number;
  readonly active: boolean;
  /** Why it was not activated. */
  readonly refusal: string | null;
  readonly model: Model;
  readonly averages: Averages;
  readonly report: Report;
}

export type ModelWithReport = Omit<LearnedModel, 'model' | 'averages'>;

/** A model with its figures only. */
export type ModelFigures = Omit<ModelWithReport, 'report' | 'until'> & Pick<Report, 'examples' | 'metrics'>;

/** Models that are kept; the active one always. */
const MAX_KEPT = 100;

@Injectable()
export class LearnedModelStore {
  constructor(private readonly database: ReadDatabase) {}

  async activeId(): Promise<string | undefined> {
    const [row] = await this.database.rows<{ id: string }>('select id from learned_models where active');
    return row?.id;
  }

  async active(): Promise<LearnedModel | undefined> {
    const [row] = await this.database.rows<Row & Stored>('select * from learned_models where active');
    return row && { ...fromRow(row), model: row.model, averages: row.averages };
  }

  /** All that are kept, newest first. */
  async all(): Promise<ModelFigures[]> {
    const rows = await this.database.rows<Figures>(
      `select id, trained_at, active, refusal, (report->>'examples')::integer as examples, report->'metrics' as metrics
       from learned_models order by trained_at desc, id`,
    );
    return rows.map(({ trained_at, ...row }) => ({ ...row, trainedAt: trained_at.getTime() }));
  }

  async find(id: string): Promise<ModelWithReport | undefined> {
    const [row] = await this.database.rows<Row>(
      'select id, trained_at, until, active, refusal, report from learned_models where id = $1',
      [id],
    );
    return row && fromRow(row);
  }

  /** Inserts a model; an active one takes the place of the one before. */
  async save(tx: Transaction, learned: LearnedModel): Promise<void> {
    if (learned.active) await tx.rows('update learned_models set active = false where active');
    await tx.rows(
      `insert into learned_models (id, trained_at, until, active, refusal, model, averages, report)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        learned.id,
        new Date(learned.trainedAt).toISOString(),
        new Date(learned.until).toISOString(),
        learned.active,
        learned.refusal,
        JSON.stringify(learned.model),
        JSON.stringify(learned.averages),
        JSON.stringify(learned.report),
      ],
    );
    await tx.rows(
      `delete from learned_models where not active and id not in
         (select id from learned_models order by trained_at desc limit $1)`,
      [MAX_KEPT],
    );
  }
}

interface Row {
  readonly id: string;
  readonly trained_at: Date;
  readonly until: Date;
  readonly active: boolean;
  readonly refusal: string | null;
  readonly report: Report;
}

type Figures = Pick<Row, 'id' | 'trained_at' | 'active' | 'refusal'> & Pick<Report, 'examples' | 'metrics'>;

type Stored = Pick<LearnedModel, 'model' | 'averages'>;

const fromRow = ({ id, trained_at, until, active, refusal, report }: Row): ModelWithReport => ({
  id,
  trainedAt: trained_at.getTime(),
  until: until.getTime(),
  active,
  refusal,
  report,
});
