import { IsInstant, Optional } from '@baton/contracts';
import { Nullable } from '@baton/platform';
import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsObject, IsString, ValidateNested } from 'class-validator';
import { stateOf, STATES, type Definition, type Signature, type State } from './definition.js';
import type { Change } from './changes.js';

export class SignatureResponse {
  /** The name of who signed. */
  @IsString() readonly by!: string;
  @IsString() readonly byId!: string;
  @IsInstant() readonly at!: string;
  @Nullable() @IsInstant() readonly activeFrom!: string | null;
}

export class DefinitionResponse {
  @IsString() readonly id!: string;
  @IsString() readonly kind!: string;
  @IsInt() readonly version!: number;
  @IsIn(STATES) readonly state!: State;
  @IsObject() readonly document!: object;
  @Nullable() @IsString() readonly note!: string | null;
  /** The version in force when this one was drafted. */
  @Nullable() @IsString() readonly basedOn!: string | null;
  /** Another version came into force since it was drafted; it may still be signed. */
  @IsBoolean() readonly outdated!: boolean;
  @IsString() readonly createdBy!: string;
  @IsInstant() readonly createdAt!: string;
  @Nullable()
  @ValidateNested()
  @Type(() => SignatureResponse)
  readonly signedMarketing!: SignatureResponse | null;
  @Nullable()
  @ValidateNested()
  @Type(() => SignatureResponse)
  readonly signedSales!: SignatureResponse | null;
  @Nullable() @IsInstant() readonly activeFrom!: string | null;
}

export class ChangeResponse {
  @IsString() readonly path!: string;
  @Optional() readonly from?: unknown;
  @Optional() readonly to?: unknown;
}

export class DefinitionDetail extends DefinitionResponse {
  /** What it says differently from `basedOn`. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => ChangeResponse) readonly changes!: readonly Change[];
}

export class KindResponse {
  @IsString() readonly kind!: string;
  /** JSON Schema 2020-12, complete in itself. */
  @IsObject() readonly schema!: object;
  @IsObject() readonly default!: object;
}

const toSignature = (signature: Signature | undefined): SignatureResponse | null =>
  signature
    ? {
        by: signature.by.name,
        byId: signature.by.id,
        at: signature.at.toISOString(),
        activeFrom: signature.activeFrom?.toISOString() ?? null,
      }
    : null;

/** How a definition looks from outside at `now`. */
export const toResponse = (
  definition: Definition,
  inForceId: string | undefined,
  now: Date,
): DefinitionResponse => {
  const {
    id,
    kind,
    version,
    document,
    note,
    basedOn = null,
    createdBy,
    createdAt,
    signatures,
    activation,
  } = definition;
  const state = stateOf(definition, inForceId, now);
  return {
    ...{ id, kind, version, state, document, note: note || null, basedOn },
    outdated: (state === 'draft' || state === 'proposed') && basedOn !== (inForceId ?? null),
    ...{ createdBy: createdBy.name, createdAt: createdAt.toISOString() },
    ...{ signedMarketing: toSignature(signatures.marketing), signedSales: toSignature(signatures.sales) },
    activeFrom: activation?.activeFrom.toISOString() ?? null,
  };
};
