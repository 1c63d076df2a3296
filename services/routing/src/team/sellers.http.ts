import type { Violation } from '@baton/contracts';
import {
  ApiResponseShape,
  changedFields,
  CurrentUser,
  DomainError,
  refusedField,
  type Page,
  PageOf,
  ReadDatabase,
  Roles,
  RecordsChanges,
  type RecordChanges,
  User,
  UuidPipe,
} from '@baton/platform';
import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { CalendarStore } from '../calendar/calendar.store.js';
import { absenceViolation } from './absence.js';
import { PutSeller } from './put-seller.js';
import { requireSelf } from './require-self.http.js';
import { AbsencesRequest, PutSellerRequest, type AbsenceRequest } from './seller.request.js';
import type { Seller } from './seller.entity.js';
import { SellerResponse, toResponse } from './seller.response.js';
import { SellerStore } from './seller.store.js';
import { TeamSettingsStore } from './team-settings.store.js';
import { TeamStore } from './team.store.js';

/** The sellers leads are offered to. A seller's id is the user's. */
@Controller('sellers')
export class SellersHttp {
  constructor(
    private readonly sellers: SellerStore,
    private readonly teams: TeamStore,
    private readonly database: ReadDatabase,
    private readonly putSeller: PutSeller,
    private readonly calendars: CalendarStore,
    private readonly settings: TeamSettingsStore,
  ) {}

  @Get()
  @ApiResponseShape(PageOf(SellerResponse))
  async list(): Promise<Page<SellerResponse>> {
    const sellers = await this.sellers.list();
    return { items: sellers.map(toResponse), next: null };
  }

  @Get(':id')
  @ApiResponseShape(SellerResponse)
  async get(@Param('id', UuidPipe) id: string): Promise<SellerResponse> {
    return toResponse(await this.existing(id));
  }

  /** Makes a seller of a user, or changes one; leads that wait for a seller are offered at once. */
  @Put(':id')
  @Roles('manager', 'operations', 'admin')
  @ApiResponseShape(SellerResponse)
  async put(
    @Param('id', UuidPipe) id: string,
    @Body() request: PutSellerRequest,
    @CurrentUser() user: User,
    @RecordsChanges() record: RecordChanges,
  ): Promise<SellerResponse> {
    const { userId = id, maxOpen = null, maxPerDay = null, calendarId = null, ...settings } = request;
    if (userId.toLowerCase() !== id) throw refusedField('/userId', 'is not the one in the path');
    const teams = await this.teams.names(this.database);
    if (!teams.includes(settings.team))
      throw refusedField('/team', `is no team; there is ${teams.join(', ')}`);
    await this.requireBothLed(user, id, settings.team);
    const violation = await this.violationOf(id, request);
    if (violation) throw refusedField(violation.pointer, violation.detail);
    const { before, after } = await this.putSeller.run(id, () => ({
      id,
      ...settings,
      maxOpen,
      maxPerDay,
      calendarId,
    }));
    record(changedFields(before, after, RECORDED));
    return toResponse(after);
  }

  /** Replaces the absences of a seller, who may do it themselves; what they have not taken yet goes to others when one begins. */
  @Put(':id/absences')
  @Roles('seller', 'manager', 'operations', 'admin')
  @ApiResponseShape(SellerResponse)
  async putAbsences(
    @Param('id', UuidPipe) id: string,
    @Body() { absences }: AbsencesRequest,
    @CurrentUser() user: User,
  ): Promise<SellerResponse> {
    requireSelf(user, id);
    const seller = await this.existing(id);
    await this.settings.requireLed(this.database, user, seller.team);
    const violation = await this.absencesViolation(id, absences);
    if (violation) throw refusedField(violation.pointer, violation.detail);
    const { after } = await this.putSeller.run(id, (before) => ({ ...(before ?? seller), absences }));
    return toResponse(after);
  }

  private async existing(id: string): Promise<Seller> {
    const seller = await this.sellers.find(id);
    if (!seller) throw new DomainError('not-found', `There is no seller ${id}.`);
    return seller;
  }

  /** A manager who could move any seller into a team of theirs would see everybody's leads. */
  private async requireBothLed(user: User, sellerId: string, team: string): Promise<void> {
    const before = (await this.sellers.find(sellerId))?.team ?? team;
    for (const each of new Set([before, team])) await this.settings.requireLed(this.database, user, each);
  }

  private async violationOf(id: string, request: PutSellerRequest): Promise<Violation | undefined> {
    const { calendarId, absences } = request;
    if (calendarId && !(await this.calendars.find(this.database, calendarId)))
      return { pointer: '/calendarId', detail: 'is no calendar' };
    return this.absencesViolation(id, absences);
  }

  private async absencesViolation(
    id: string,
    absences: readonly AbsenceRequest[],
  ): Promise<Violation | undefined> {
    const wrong = absenceViolation(id, absences);
    if (wrong) return wrong;
    const sellers = await this.sellers.existing(absences.flatMap(({ deputyId }) => deputyId ?? []));
    const unknown = absences.findIndex(({ deputyId }) => deputyId !== undefined && !sellers.has(deputyId));
    return unknown < 0 ? undefined : { pointer: `/absences/${unknown}/deputyId`, detail: 'is no seller' };
  }
}

/** What the audit log has of a seller; absences say why somebody is away. */
const RECORDED = ['name', 'team', 'available', 'weight', 'maxOpen', 'maxPerDay', 'calendarId'] as const;
