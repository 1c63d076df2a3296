import { childPointer, IsInstant, isStorableText, Optional, type Violation } from '@baton/contracts';
import { AsNumber, DomainError } from '@baton/platform';
import { IsIn, IsInt, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { TEAMS, type Team } from './definition.js';

const MAX_NOTE_LENGTH = 2000;
const MAX_REASON_LENGTH = 1000;

export class DefinitionsQuery {
  @Optional() @IsString() @MaxLength(64) readonly kind?: string;
  @Optional() @IsString() @MaxLength(400) readonly cursor?: string;
  @Optional() @AsNumber() @IsInt() @Min(1) @Max(100) readonly limit?: number;
}

export class SignRequest {
  /** The team that an administrator signs for. */
  @Optional() @IsIn(TEAMS) readonly as?: Team;
  /** Later instant of activation. Absent: at once with the second signature. */
  @Optional() @IsInstant() readonly activeFrom?: string;
}

/** Why an earlier version is to hold again; both teams read it before they sign. */
export class RollBackRequest {
  @IsString() @Matches(/\S/) @MaxLength(MAX_REASON_LENGTH) readonly reason!: string;
}

export interface DraftRequest {
  readonly document: object;
  readonly note: string;
}

/** OpenAPI schema of the body of a draft. */
export const draftRequestSchema = {
  type: 'object',
  required: ['document'],
  additionalProperties: false,
  properties: {
    document: { type: 'object', description: 'Matches the schema of its kind, see /definitions/schemas.' },
    note: { type: 'string', maxLength: MAX_NOTE_LENGTH, description: 'What changes and why.' },
  },
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const bodyViolations = (body: Record<string, unknown>): Violation[] => {
  const { document, note = '', ...unknown } = body;
  const violations = Object.keys(unknown).map((name) => ({
    pointer: childPointer('', name),
    detail: 'is not known here',
  }));
  if (!isObject(document)) violations.push({ pointer: '/document', detail: 'must be an object' });
  if (typeof note !== 'string' || note.length > MAX_NOTE_LENGTH || !isStorableText(note))
    violations.push({ pointer: '/note', detail: `must be a text of at most ${MAX_NOTE_LENGTH} characters` });
  return violations;
};

/**
 * Parses the body of a draft without class-transformer, which would recurse to the depth of the sender's document. The document is
 * checked by the schema of its kind.
 * @throws DomainError with every violation
 */
export const draftRequestOf = (body: unknown): DraftRequest => {
  const errors = isObject(body) ? bodyViolations(body) : [{ pointer: '', detail: 'must be an object' }];
  if (errors.length > 0)
    throw new DomainError('invalid', 'The request is not of the expected shape; see `errors`.', { errors });
  const { document, note = '' } = body as { document: object; note?: string };
  return { document, note };
};
