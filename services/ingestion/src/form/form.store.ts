import { Database } from '@baton/bus';
import { DomainError, ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { Redirects } from './redirect.js';

export interface Form extends Redirects {
  readonly id: string;
  readonly sourceId: string;
  readonly name: string;
  /** What fields are, by their names, where the names alone do not say it; values are those of `FIELD_TARGETS`. */
  readonly mapping: Readonly<Record<string, string>>;
  readonly createdAt: Date;
}

const COLUMNS = `id, source_id as "sourceId", name, redirect_to as "redirectTo",
  allowed_redirects as "allowedRedirects", mapping, created_at as "createdAt"`;

@Injectable()
export class FormStore {
  constructor(
    private readonly database: Database,
    private readonly reads: ReadDatabase,
  ) {}

  /** @throws DomainError `conflict` for a taken id, `invalid` for an unknown source */
  async create({
    id,
    sourceId,
    name,
    redirectTo,
    allowedRedirects,
    mapping,
  }: Omit<Form, 'createdAt'>): Promise<void> {
    const source = await this.database.rows('select from sources where id = $1', [sourceId]);
    if (source.length === 0)
      throw new DomainError(
        'invalid',
        `There is no source "${sourceId}": create it first, with POST /sources.`,
        {
          errors: [{ pointer: '/sourceId', detail: 'is not a source' }],
        },
      );
    const made = await this.database.rows(
      `insert into forms (id, source_id, name, redirect_to, allowed_redirects, mapping) values ($1, $2, $3, $4, $5, $6)
       on conflict do nothing returning id`,
      [id, sourceId, name, redirectTo, allowedRedirects, mapping],
    );
    if (made.length === 0)
      throw new DomainError('conflict', `There is a form "${id}" already; choose another id.`);
  }

  /** @throws DomainError `not-found` */
  async update({
    id,
    name,
    redirectTo,
    allowedRedirects,
    mapping,
  }: Omit<Form, 'createdAt' | 'sourceId'>): Promise<void> {
    const updated = await this.database.transaction((tx) =>
      tx.rows(
        `update forms set name = $2, redirect_to = $3, allowed_redirects = $4, mapping = $5 where id = $1 returning id`,
        [id, name, redirectTo, allowedRedirects, mapping],
      ),
    );
    if (updated.length === 0) throw new DomainError('not-found', `There is no form "${id}".`);
  }

  /** At most `limit` forms whose id comes after `after`, by id. */
  list(after: string, limit: number): Promise<Form[]> {
    return this.reads.rows<Form>(`select ${COLUMNS} from forms where id > $1 order by id limit $2`, [
      after,
      limit,
    ]);
  }

  async all(): Promise<Map<string, Form>> {
    const forms = await this.database.rows<Form>(`select ${COLUMNS} from forms`);
    return new Map(forms.map((form) => [form.id, form]));
  }
}
