import { IsInstant, Optional } from '@baton/contracts';
import { DomainError, type Fault } from '@baton/platform';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { TEAMS, type Team } from './definition.js';
import { isStorableText } from './document-limits.js';

const MAX_NOTE_LENGTH = 2000;

export class DefinitionsQuery {
  @Optional() @IsString() @MaxLength(64) readonly kind?: string;
  @Optional() @IsString() @MaxLength(400) readonly cursor?: string;
  @Optional() @Type(() => Number) @IsInt() @Min(1) @Max(100) readonly limit?: number;
}

export class SignRequest {
  /** For which team an administrator signs. */
  @Optional() @IsIn(TEAMS) readonly as?: Team;
  /** A later instant to be in force from; without it, at once with the second signature. */
  @Optional() @IsInstant() readonly activeFrom?: string;
}

export interface DraftRequest {
  readonly document: object;
  readonly note: string;
}

/** What OpenAPI says of the body of a draft. */
export const draftRequestSchema = {
  type: 'object',
  required: ['document'],
  additionalProperties: false,
  properties: {
    document: { type: 'object', description: 'As the schema of its kind says, see /definitions/schemas.' },
    note: { type: 'string', maxLength: MAX_NOTE_LENGTH, description: 'What changes and why.' },
  },
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const bodyViolations = (body: Record<string, unknown>): Fault[] => {
  const { document, note = '', ...strangers } = body;
  const faults = Object.keys(strangers).map((name) => ({ pointer: `/${name}`, detail: 'is not known here' }));
  if (!isObject(document)) faults.push({ pointer: '/document', detail: 'must be an object' });
  if (typeof note !== 'string' || note.length > MAX_NOTE_LENGTH || !isStorableText(note))
    faults.push({ pointer: '/note', detail: `must be a text of at most ${MAX_NOTE_LENGTH} characters` });
  return faults;
};

/**
 * The body of a draft. Taken as it came: the document is checked by its own schema, and turning it into classes first would
 * follow whatever depth and names the sender chose.
 */
export const draftRequestOf = (body: unknown): DraftRequest => {
  const errors = isObject(body) ? bodyViolations(body) : [{ pointer: '', detail: 'must be an object' }];
  if (errors.length > 0)
    throw new DomainError('invalid', 'The request is not of the expected shape; see `errors`.', { errors });
  const { document, note = '' } = body as { document: object; note?: string };
  return { document, note };
};
