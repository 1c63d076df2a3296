import { IsInt, IsObject, IsString, MaxLength, Min } from 'class-validator';
import { defineEvent } from '../event-contract.js';
import { IsInstant } from '../fields.js';

export class DefinitionActivatedV1 {
  /** `<kind>-<version>`, such as `funnel-2`. */
  @IsString() @MaxLength(80) readonly definitionId!: string;
  @IsString() @MaxLength(64) readonly kind!: string;
  @IsInt() @Min(1) readonly version!: number;
  @IsInstant() readonly activeFrom!: string;
  @IsObject() readonly document!: Record<string, unknown>;
}

export const DefinitionActivated = defineEvent({
  type: 'definition.activated.v1',
  topic: 'definitions',
  producers: ['scoring', 'routing'],
  summary: 'A definition that both teams signed is in force from the given instant.',
  data: DefinitionActivatedV1,
  key: (data) => data.kind,
  subject: (data) => data.kind,
  example: {
    definitionId: 'funnel-1',
    kind: 'funnel',
    version: 1,
    activeFrom: '2026-01-05T09:00:00.000Z',
    document: { stages: [] },
  },
});
