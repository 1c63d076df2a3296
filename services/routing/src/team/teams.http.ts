import {
  ApiResponseShape,
  changedFields,
  CurrentUser,
  DomainError,
  MAX_LED_SELLERS,
  type Page,
  PageOf,
  ReadDatabase,
  Roles,
  RecordsChanges,
  type RecordChanges,
  User,
} from '@baton/platform';
import { Body, Controller, Get, Param, Post, Put } from '@nestjs/common';
import { noSuchTeam, PutTeam } from './put-team.js';
import { AddTeamRequest, PutTeamRequest, TEAM_NAME } from './team.request.js';
import { LedTeamsResponse, TeamResponse } from './team.response.js';
import { TeamSettingsStore, type TeamSettings } from './team-settings.store.js';

/** Teams of sellers, and the managers who lead them. Managers cannot make themselves one of another team. */
@Controller('teams')
export class TeamsHttp {
  constructor(
    private readonly teams: TeamSettingsStore,
    private readonly putTeam: PutTeam,
    private readonly database: ReadDatabase,
  ) {}

  @Get()
  @ApiResponseShape(PageOf(TeamResponse))
  async list(): Promise<Page<TeamResponse>> {
    return { items: await this.teams.list(this.database), next: null };
  }

  /** Whose leads the caller sees: the sellers of the teams they lead, or those of all. */
  @Get('led')
  @Roles('manager')
  @ApiResponseShape(LedTeamsResponse)
  async led(@CurrentUser() { id }: User): Promise<LedTeamsResponse> {
    const led = await this.teams.sellersLedBy(this.database, id, MAX_LED_SELLERS + 1);
    if (led.sellers.length > MAX_LED_SELLERS)
      throw new DomainError(
        'unprocessable',
        `You lead more than ${MAX_LED_SELLERS} sellers: divide the teams.`,
      );
    return led;
  }

  @Post()
  @Roles('operations', 'admin')
  @ApiResponseShape(TeamResponse)
  add(
    @Body() { name, managers, calendarId = null }: AddTeamRequest,
    @RecordsChanges() record: RecordChanges,
  ): Promise<TeamResponse> {
    return this.save({ name, managers: lowerCase(managers), calendarId }, true, record);
  }

  @Put(':name')
  @Roles('operations', 'admin')
  @ApiResponseShape(TeamResponse)
  put(
    @Param('name') name: string,
    @Body() { managers, calendarId = null }: PutTeamRequest,
    @RecordsChanges() record: RecordChanges,
  ): Promise<TeamResponse> {
    // Other texts may be none that the database can compare.
    if (!TEAM_NAME.test(name)) throw noSuchTeam('of this name');
    return this.save({ name, managers: lowerCase(managers), calendarId }, false, record);
  }

  private async save(team: TeamSettings, isNew: boolean, record: RecordChanges): Promise<TeamResponse> {
    const { before, after } = await this.putTeam.run(team, isNew);
    record(changedFields(before, after, ['managers', 'calendarId']));
    return after;
  }
}

const lowerCase = (ids: readonly string[]): string[] => [...new Set(ids.map((id) => id.toLowerCase()))];
