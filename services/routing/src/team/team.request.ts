import { IsUuid, Optional } from '@baton/contracts';
import { Nullable } from '@baton/platform';
import { ArrayMaxSize, IsArray, IsUUID, Length, Matches } from 'class-validator';

const MAX_MANAGERS = 100;
/** Plain text that a path can contain. */
export const TEAM_NAME = /^[^\p{C}/\\]{1,64}$/u;

/** The whole team: a field that is left out gets its default. */
export class PutTeamRequest {
  /** Ids of the managers who alone see and decide its hand-offs; without any, all managers do. */
  @IsArray()
  @ArrayMaxSize(MAX_MANAGERS)
  @IsUUID('all', { each: true })
  readonly managers: readonly string[] = [];
  /** Of its sellers without a calendar of their own; without it, the default. */
  @Optional() @Nullable() @IsUuid() readonly calendarId?: string | null;
}

export class AddTeamRequest extends PutTeamRequest {
  /** Identifies the team for ever. */
  @Length(1, 64)
  @Matches(TEAM_NAME, { message: '$property must be plain text without slashes' })
  readonly name!: string;
}
