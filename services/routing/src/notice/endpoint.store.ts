import { Database, type Queryable } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import type { Endpoint } from './endpoint.js';

@Injectable()
export class EndpointStore {
  constructor(private readonly database: Database) {}

  /** All, oldest first; there are few. */
  async all(reader: Queryable = this.database): Promise<Endpoint[]> {
    const rows = await reader.rows<Row>('select endpoint from notice_endpoints order by created_at, id');
    return rows.map(({ endpoint }) => endpoint);
  }

  async find(id: string): Promise<Endpoint | undefined> {
    const [row] = await this.database.rows<Row>('select endpoint from notice_endpoints where id = $1', [id]);
    return row?.endpoint;
  }

  /** Changes an endpoint under its lock. @returns it after the change; undefined when there is none */
  async change(id: string, change: (endpoint: Endpoint) => Endpoint): Promise<Endpoint | undefined> {
    return this.database.transaction(async (tx) => {
      const [row] = await tx.rows<Row>('select endpoint from notice_endpoints where id = $1 for update', [
        id,
      ]);
      if (!row) return undefined;
      const after = change(row.endpoint);
      await tx.rows('update notice_endpoints set endpoint = $2 where id = $1', [id, JSON.stringify(after)]);
      return after;
    });
  }

  async add(endpoint: Endpoint): Promise<void> {
    await this.database.rows('insert into notice_endpoints (id, created_at, endpoint) values ($1, $2, $3)', [
      endpoint.id,
      new Date(endpoint.createdAt),
      JSON.stringify(endpoint),
    ]);
  }
}

interface Row {
  readonly endpoint: Endpoint;
}
