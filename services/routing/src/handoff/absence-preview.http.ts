import {
  ApiResponseShape,
  Clock,
  CurrentUser,
  DomainError,
  ReadDatabase,
  refusedField,
  Roles,
  User,
  UuidPipe,
} from '@baton/platform';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ClockCalendars } from '../calendar/clock-calendars.js';
import { absenceViolation } from '../team/absence.js';
import { requireSelf } from '../team/require-self.http.js';
import { AbsencesRequest } from '../team/seller.request.js';
import { TeamSettingsStore } from '../team/team-settings.store.js';
import { TeamStore } from '../team/team.store.js';
import { ClockPreviewResponse, toResponse } from './clock-preview.response.js';
import { MovedClocks } from './moved-clocks.js';

/** Absences of a seller move the clocks that run by their working time. */
@Roles('seller', 'manager', 'operations', 'admin')
@Controller('sellers')
export class AbsencePreviewHttp {
  constructor(
    private readonly calendars: ClockCalendars,
    private readonly teams: TeamStore,
    private readonly settings: TeamSettingsStore,
    private readonly clocks: MovedClocks,
    private readonly clock: Clock,
    private readonly database: ReadDatabase,
  ) {}

  /** The clocks that would be due at another time with these absences in place of the present ones; nothing changes. */
  @Post(':id/absences/preview')
  @ApiResponseShape(ClockPreviewResponse)
  async preview(
    @Param('id', UuidPipe) id: string,
    @Body() { absences }: AbsencesRequest,
    @CurrentUser() user: User,
  ): Promise<ClockPreviewResponse> {
    requireSelf(user, id);
    const violation = absenceViolation(id, absences);
    if (violation) throw refusedField(violation.pointer, violation.detail);
    const now = this.clock.now().getTime();
    const seller = (await this.teams.workingSellers(this.database, [id])).get(id);
    if (!seller) throw new DomainError('not-found', `There is no seller ${id}.`);
    await this.settings.requireLed(this.database, user, seller.team);
    const calendarOf = await this.calendars.load(this.database, now);
    return toResponse(await this.clocks.of(new Map([[id, { ...seller, absences }]]), calendarOf, now));
  }
}
