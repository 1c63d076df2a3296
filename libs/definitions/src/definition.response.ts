import { IsInstant, Optional } from '@baton/contracts';
import { Nullable } from '@baton/platform';
import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsObject, IsString, ValidateNested } from 'class-validator';
import { stateOf, STATES, type Definition, type Signature, type State } from './definition.js';
import type { Change } from './changes.js';
import type { ChangedSentence } from './sentences.js';

export class SignatureResponse {
  /** Name of the signer. */
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
  /** Version in force when this one was drafted. */
  @Nullable() @IsString() readonly basedOn!: string | null;
  /** Another version became active since it was drafted. It may still be signed. */
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

export class SentenceResponse {
  /** The difference in one sentence. */
  @IsString() readonly words!: string;
  /** The statement before and after; null for a new one, and for one that no longer holds. */
  @Nullable() @IsString() readonly before!: string | null;
  @Nullable() @IsString() readonly after!: string | null;
}

export class DefinitionDetail extends DefinitionResponse {
  /** What differs from `basedOn` in words; empty for kinds that have none. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => SentenceResponse)
  readonly sentences!: readonly ChangedSentence[];
  /** Differences from `basedOn`. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => ChangeResponse) readonly changes!: readonly Change[];
}

export class KindResponse {
  @IsString() readonly kind!: string;
  /** JSON Schema 2020-12 without external references. */
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

/** The response for a definition, with its state at `now`. */
export const toResponse = (
  definition: Definition,
  inForceId: string | undefined,
  now: Date,
): DefinitionResponse => {
  const { signatures, activation, basedOn = null } = definition;
  const state = stateOf(definition, inForceId, now);
  return {
    id: definition.id,
    kind: definition.kind,
    version: definition.version,
    state,
    document: definition.document,
    note: definition.note || null,
    basedOn,
    outdated: (state === 'draft' || state === 'proposed') && basedOn !== (inForceId ?? null),
    createdBy: definition.createdBy.name,
    createdAt: definition.createdAt.toISOString(),
    signedMarketing: toSignature(signatures.marketing),
    signedSales: toSignature(signatures.sales),
    activeFrom: activation?.activeFrom.toISOString() ?? null,
  };
};
