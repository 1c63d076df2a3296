import { IsUuid } from '@baton/contracts';
import { Nullable } from '@baton/platform';
import { IsArray, IsBoolean, IsString, IsUUID } from 'class-validator';
import type { LedTeams, TeamSettings } from './team-settings.store.js';

/** Whose leads a manager sees. */
export class LedTeamsResponse implements LedTeams {
  @IsBoolean() readonly all!: boolean;
  /** Sellers of the teams they lead; empty when it is all. */
  @IsArray() @IsUUID('all', { each: true }) readonly sellers!: readonly string[];
}

export class TeamResponse implements TeamSettings {
  @IsString() readonly name!: string;
  /** None: all managers lead it. */
  @IsArray() @IsString({ each: true }) readonly managers!: readonly string[];
  @Nullable() @IsUuid() readonly calendarId!: string | null;
}
