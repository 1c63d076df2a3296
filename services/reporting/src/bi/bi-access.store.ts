import { Database } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { BI_VIEWS } from '../migrations/bi-views.migration.js';

/** Role of BI tools. Whoever provisions the database makes it, with its password; a service may not make roles. */
export const BI_ROLE = 'baton_bi';

@Injectable()
export class BiAccess {
  constructor(private readonly database: Database) {}

  /**
   * Lets the role of BI tools read the views and nothing else; does nothing where there is no such role. At every start, because the role may
   * be made after the views. Returns whether there is one.
   */
  grant(): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      // Two processes that grant at the same time would fail with "tuple concurrently updated".
      await tx.rows(`select pg_advisory_xact_lock(hashtext('baton.bi'), hashtext(current_schema()))`);
      const roles = await tx.rows('select from pg_roles where rolname = $1', [BI_ROLE]);
      if (roles.length === 0) return false;
      const [schema] = await tx.rows<{ name: string }>(`select quote_ident(current_schema()) as name`);
      await tx.rows(`grant usage on schema ${schema!.name} to ${BI_ROLE}`);
      await tx.rows(`grant select on ${Object.keys(BI_VIEWS).join(', ')} to ${BI_ROLE}`);
      return true;
    });
  }
}
