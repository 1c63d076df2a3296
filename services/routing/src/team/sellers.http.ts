import {
  ApiResponseShape,
  DomainError,
  type Page,
  PageOf,
  ReadDatabase,
  Roles,
  UuidPipe,
} from '@baton/platform';
import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { PutSeller } from './put-seller.js';
import { PutSellerRequest } from './seller.request.js';
import { SellerResponse, toResponse } from './seller.response.js';
import { SellerStore } from './seller.store.js';
import { TeamStore } from './team.store.js';

/** The sellers leads are offered to. A seller's id is the user's. */
@Controller('sellers')
export class SellersHttp {
  constructor(
    private readonly sellers: SellerStore,
    private readonly teams: TeamStore,
    private readonly database: ReadDatabase,
    private readonly putSeller: PutSeller,
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
    const seller = await this.sellers.find(id);
    if (!seller) throw new DomainError('not-found', `There is no seller ${id}.`);
    return toResponse(seller);
  }

  /** Makes a seller of a user, or changes one; leads that wait for a seller are offered at once. */
  @Put(':id')
  @Roles('manager', 'operations', 'admin')
  @ApiResponseShape(SellerResponse)
  async put(@Param('id', UuidPipe) id: string, @Body() request: PutSellerRequest): Promise<SellerResponse> {
    const { userId = id, maxOpen = null, maxPerDay = null, ...settings } = request;
    if (userId.toLowerCase() !== id) throw refused('/userId', 'is not the one in the path');
    const teams = await this.teams.names(this.database);
    if (!teams.includes(settings.team)) throw refused('/team', `is no team; there is ${teams.join(', ')}`);
    return toResponse(await this.putSeller.run({ id, ...settings, maxOpen, maxPerDay }));
  }
}

const refused = (pointer: string, detail: string): DomainError =>
  new DomainError('unprocessable', `${pointer.slice(1)} ${detail}.`, { errors: [{ pointer, detail }] });
