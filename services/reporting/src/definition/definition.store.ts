import type { Transaction } from '@baton/bus';
import type { DefinitionActivatedV1 } from '@baton/contracts';
import { ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';

export interface ActiveDefinition {
  readonly id: string;
  readonly activeFrom: Date;
  readonly document: Readonly<Record<string, unknown>>;
}

/** Signed definitions: reports take the labels and the order of stages from them. */
@Injectable()
export class DefinitionStore {
  constructor(private readonly database: ReadDatabase) {}

  async add(tx: Transaction, definitions: readonly DefinitionActivatedV1[]): Promise<void> {
    await tx.rows(
      `insert into definitions (id, kind, version, active_from, document)
       select * from unnest($1::text[], $2::text[], $3::int[], $4::timestamptz[], $5::jsonb[])
       order by 1
       on conflict do nothing`,
      [
        definitions.map((definition) => definition.definitionId),
        definitions.map((definition) => definition.kind),
        definitions.map((definition) => definition.version),
        definitions.map((definition) => definition.activeFrom),
        definitions.map((definition) => JSON.stringify(definition.document)),
      ],
    );
  }

  /** All of a kind that are or were in force at `now`, the one in force first. */
  inForce(kind: string, now: Date): Promise<ActiveDefinition[]> {
    return this.database.rows<ActiveDefinition>(
      `select id, active_from as "activeFrom", document from definitions
       where kind = $1 and active_from <= $2 order by active_from desc, version desc`,
      [kind, now],
    );
  }
}
