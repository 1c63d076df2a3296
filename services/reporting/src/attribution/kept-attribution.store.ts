import { Database, type Transaction } from '@baton/bus';
import { DomainError, ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { KeptAttributionResponse, KeptAttributionSummary } from './kept-attribution.response.js';

export const MAX_KEPT = 200;

const SUMMARY = 'id, name, kept_by as "keptBy", kept_at, question, version';

type Row<Kept extends KeptAttributionSummary> = Omit<Kept, 'keptAt'> & { readonly kept_at: Date };

/** Answers of the attribution report that people kept under a name. */
@Injectable()
export class KeptAttributionStore {
  constructor(
    private readonly database: Database,
    private readonly reads: ReadDatabase,
  ) {}

  /** Newest first, without the answers. */
  async all(): Promise<KeptAttributionSummary[]> {
    const rows = await this.reads.rows<Row<KeptAttributionSummary>>(
      `select ${SUMMARY} from kept_attributions order by kept_at desc, id limit ${MAX_KEPT}`,
    );
    return rows.map(fromRow);
  }

  /** @throws DomainError `not-found` */
  async find(id: string): Promise<KeptAttributionResponse> {
    const [row] = await this.reads.rows<Row<KeptAttributionResponse>>(
      `select ${SUMMARY}, answer from kept_attributions where id = $1`,
      [id],
    );
    if (!row) throw noneKept(id);
    return fromRow(row);
  }

  /**
   * Keeps what `count` answers. What was counted before an erasure may have a name that the erasure deletes, so it is not kept after it.
   *
   * @throws DomainError `conflict` for one too many, and when a person was erased meanwhile
   */
  async keep(count: () => Promise<KeptAttributionResponse>): Promise<KeptAttributionResponse> {
    const before = await erasures(this.database);
    await this.refuseTooMany(this.database);
    const kept = await count();
    await this.database.transaction(async (tx) => {
      // An erasure takes the same lock: it sees this row, or is counted here.
      await tx.rows('lock table kept_attributions in share row exclusive mode');
      await this.refuseTooMany(tx);
      if ((await erasures(tx)) !== before)
        throw new DomainError('conflict', 'A person was erased while the figures were counted; try again.');
      const { id, name, keptBy, keptAt, question, version, answer } = kept;
      await tx.rows(
        `insert into kept_attributions (id, name, kept_by, kept_at, question, version, answer)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [id, name, keptBy, keptAt, JSON.stringify(question), version, JSON.stringify(answer)],
      );
    });
    return kept;
  }

  /** @throws DomainError `not-found` */
  async delete(id: string): Promise<void> {
    const gone = await this.database.rows(
      'with gone as (delete from kept_attributions where id = $1 returning id) select id from gone',
      [id],
    );
    if (gone.length === 0) throw noneKept(id);
  }

  private async refuseTooMany(rows: Pick<Transaction, 'rows'>): Promise<void> {
    const [row] = await rows.rows<{ kept: number }>(
      'select count(*)::integer as kept from kept_attributions',
    );
    if (row!.kept >= MAX_KEPT)
      throw new DomainError('conflict', `At most ${MAX_KEPT} figures are kept; delete one first.`);
  }
}

/** Differs after each erasure, also of somebody who was erased before. */
const erasures = async (rows: Pick<Transaction, 'rows'>): Promise<string> => {
  const [row] = await rows.rows<{ erasures: string }>(
    `select coalesce(sum(hashtextextended(request_id::text, 0)), 0)::text as erasures from erased_leads`,
  );
  return row!.erasures;
};

const fromRow = <Kept extends KeptAttributionSummary>({ kept_at, ...row }: Row<Kept>): Kept =>
  ({ ...row, keptAt: kept_at.toISOString() }) as unknown as Kept;

const noneKept = (id: string): DomainError => new DomainError('not-found', `No figures are kept as ${id}.`);
