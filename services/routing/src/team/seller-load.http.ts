import { ApiResponseShape, Clock, type Page, PageOf, ReadDatabase } from '@baton/platform';
import { Controller, Get } from '@nestjs/common';
import { SellerLoadResponse, toLoadResponse } from './seller-load.response.js';
import { TeamStore } from './team.store.js';

/** Who is in rotation now; a figure of the roster that changes with every offer, and so is no part of the sellers' settings. */
@Controller('sellers')
export class SellerLoadHttp {
  constructor(
    private readonly teams: TeamStore,
    private readonly database: ReadDatabase,
    private readonly clock: Clock,
  ) {}

  /** The used capacity of every seller, and why those who are offered no lead are not. */
  @Get('load')
  @ApiResponseShape(PageOf(SellerLoadResponse))
  async list(): Promise<Page<SellerLoadResponse>> {
    const names = await this.teams.names(this.database);
    const teams = await this.teams.load(this.database, names, this.clock.now().getTime());
    return { items: teams.flatMap(({ sellers }) => sellers).map(toLoadResponse), next: null };
  }
}
