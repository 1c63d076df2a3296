import { Database } from '@baton/bus';
import {
  ApiResponseShape,
  Clock,
  CurrentUser,
  DomainError,
  type Page,
  PageOf,
  ReadDatabase,
  Roles,
  User,
  UuidPipe,
} from '@baton/platform';
import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { requireSelf } from './require-self.http.js';
import { RotationStore } from './rotation.store.js';
import { SellerLoadResponse, toLoadResponse } from './seller-load.response.js';
import { TeamSettingsStore } from './team-settings.store.js';
import { TeamStore } from './team.store.js';

/** Who is in rotation now; a figure of the roster that changes with every offer, and so is no part of the sellers' settings. */
@Controller('sellers')
export class RotationHttp {
  constructor(
    private readonly teams: TeamStore,
    private readonly settings: TeamSettingsStore,
    private readonly rotation: RotationStore,
    private readonly database: Database,
    private readonly reader: ReadDatabase,
    private readonly clock: Clock,
  ) {}

  /** The used capacity of every seller, and why those who are offered no lead are not. */
  @Get('load')
  @ApiResponseShape(PageOf(SellerLoadResponse))
  async list(): Promise<Page<SellerLoadResponse>> {
    const names = await this.teams.names(this.reader);
    const teams = await this.teams.load(this.reader, names, this.clock.now().getTime());
    return { items: teams.flatMap(({ sellers }) => sellers).map(toLoadResponse), next: null };
  }

  /** A seller who did not answer an offer is back, and in rotation again; without effect for one who is. */
  @Post(':id/return')
  @Roles('seller', 'manager', 'operations', 'admin')
  @HttpCode(204)
  async return(@Param('id', UuidPipe) id: string, @CurrentUser() user: User): Promise<void> {
    requireSelf(user, id);
    await this.database.transaction(async (tx) => {
      const team = await this.teams.teamOf(tx, id);
      if (team === undefined) throw new DomainError('not-found', `There is no seller ${id}.`);
      await this.settings.requireLed(tx, user, team);
      await this.rotation.return(tx, id, this.clock.now());
    });
  }
}
