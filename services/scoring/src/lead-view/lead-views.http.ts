import { ApiResponseShape, CurrentUser, PageOf, User, type Page } from '@baton/platform';
import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { LeadViewStore } from './lead-view.store.js';
import { LeadViewPath, PutLeadViewRequest } from './lead-views.request.js';
import { LeadViewResponse, toResponse } from './lead-views.response.js';
import { SaveLeadView } from './save-lead-view.js';

/** Filters of the list of leads, saved under a name. A view gives nobody leads that they do not see. */
@Controller('lead-views')
export class LeadViewsHttp {
  constructor(
    private readonly views: LeadViewStore,
    private readonly saveView: SaveLeadView,
  ) {}

  /** The views of the caller and those that are shared, by name: at most 50 and 100. */
  @Get()
  @ApiResponseShape(PageOf(LeadViewResponse))
  async list(@CurrentUser() user: User): Promise<Page<LeadViewResponse>> {
    const views = await this.views.seenBy(user.id);
    return { items: views.map((view) => toResponse(view, user)), next: null };
  }

  /** Saves a view whole; a new one under an id that the caller makes, so that repeating the request saves it once. */
  @Put(':id')
  @ApiResponseShape(LeadViewResponse)
  async put(
    @Param() { id }: LeadViewPath,
    @Body() { name, shared = false, conditions, sort = 'newest' }: PutLeadViewRequest,
    @CurrentUser() user: User,
  ): Promise<LeadViewResponse> {
    const view = await this.saveView.run(user, { id, name: name.trim(), shared, conditions, sort });
    return toResponse(view, user);
  }

  @Delete(':id')
  @HttpCode(204)
  async delete(@Param() { id }: LeadViewPath, @CurrentUser() user: User): Promise<void> {
    await this.saveView.delete(user, id);
  }
}
