import type { Transaction } from '@baton/bus';
import type { ErasedRows, LeadErasedV1 } from '@baton/contracts';
import { ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';

/** A request to erase a person, with the receipts so far. */
export interface StoredErasure {
  readonly id: string;
  readonly leadId: string;
  readonly reason: string | null;
  readonly requestedBy: string | null;
  readonly blocked: boolean;
  readonly requestedAt: Date;
  readonly receipts: readonly Pick<LeadErasedV1, 'service' | 'erased' | 'erasedAt'>[];
}

type NewErasure = Omit<StoredErasure, 'receipts'>;

/** Keyset of a page: the last request of the page before. */
export interface AfterErasure {
  /** UTC, ISO 8601. */
  readonly requestedAt: string;
  readonly id: string;
}

@Injectable()
export class ErasureStore {
  constructor(private readonly database: ReadDatabase) {}

  /** The request by which a lead was erased already. */
  async ofLead(tx: Transaction, leadId: string): Promise<string | undefined> {
    const [row] = await tx.rows<{ request_id: string }>(
      'select request_id from erased_leads where lead_id = $1',
      [leadId],
    );
    return row?.request_id;
  }

  /** @returns false when the request is known already */
  async add(tx: Transaction, request: NewErasure): Promise<boolean> {
    const added = await tx.rows(
      `insert into erasures (id, lead_id, reason, requested_by, blocked, requested_at)
       values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning 1`,
      [
        request.id,
        request.leadId,
        request.reason,
        request.requestedBy,
        request.blocked,
        request.requestedAt.toISOString(),
      ],
    );
    return added.length > 0;
  }

  /** The first receipt of each service stays. */
  async addReceipts(tx: Transaction, receipts: readonly LeadErasedV1[]): Promise<void> {
    await tx.rows(
      `insert into erasure_receipts (request_id, service, erased, erased_at)
       select * from unnest($1::uuid[], $2::text[], $3::jsonb[], $4::timestamptz[]) on conflict do nothing`,
      [
        receipts.map(({ requestId }) => requestId),
        receipts.map(({ service }) => service),
        receipts.map(({ erased }) => JSON.stringify(erased)),
        receipts.map(({ erasedAt }) => erasedAt),
      ],
    );
  }

  async find(id: string): Promise<StoredErasure | undefined> {
    const [row] = await this.database.rows<Row>(`${SELECT} where id = $1`, [id]);
    return row && fromRow(row);
  }

  /** Newest first. */
  async page(limit: number, after?: AfterErasure): Promise<StoredErasure[]> {
    const rows = await this.database.rows<Row>(
      `${SELECT} where $1::timestamptz is null or (requested_at, id) < ($1, $2::uuid)
       order by requested_at desc, id desc limit $3`,
      [after?.requestedAt, after?.id, limit],
    );
    return rows.map(fromRow);
  }
}

interface Row {
  readonly id: string;
  readonly lead_id: string;
  readonly reason: string | null;
  readonly requested_by: string | null;
  readonly blocked: boolean;
  readonly requested_at: Date;
  readonly receipts: readonly { service: string; erased: ErasedRows[]; at: string }[] | null;
}

const SELECT = `
  select id, lead_id, reason, requested_by, blocked, requested_at, (
    select json_agg(json_build_object('service', service, 'erased', erased, 'at', erased_at))
    from erasure_receipts where request_id = erasures.id
  ) as receipts
  from erasures`;

const fromRow = ({ lead_id, requested_by, requested_at, receipts, ...row }: Row): StoredErasure => ({
  ...row,
  leadId: lead_id,
  requestedBy: requested_by,
  requestedAt: requested_at,
  receipts: (receipts ?? []).map(({ at, ...receipt }) => ({
    ...receipt,
    erasedAt: new Date(at).toISOString(),
  })),
});
