import { Database } from '@baton/bus';
import { isInstant } from '@baton/contracts';
import {
  ApiResponseShape,
  Clock,
  CurrentUser,
  decodeCursor,
  isPositionText,
  PageOf,
  pageOf,
  Roles,
  User,
  type Page,
} from '@baton/platform';
import { Body, Controller, Get, Param, Post, Query, type Type } from '@nestjs/common';
import { ApiBody, ApiParam } from '@nestjs/swagger';
import { changesBetween } from './changes.js';
import { DefinitionsQuery, draftRequestOf, draftRequestSchema, SignRequest } from './definition.request.js';
import { DefinitionDetail, DefinitionResponse, KindResponse, toResponse } from './definition.response.js';
import * as store from './definition.store.js';
import { inForce, type Definition } from './definition.js';
import { Definitions, notFound } from './definitions.js';
import { bundledSchema, type DefinitionKind } from './kind.js';

const DEFAULT_PAGE_SIZE = 50;

const POSITION = { createdAt: isInstant, id: isPositionText };

@Controller('definitions')
class DefinitionsHttp {
  constructor(
    private readonly definitions: Definitions,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiResponseShape(PageOf(DefinitionResponse))
  async list(
    @Query() { kind, cursor, limit = DEFAULT_PAGE_SIZE }: DefinitionsQuery,
  ): Promise<Page<DefinitionResponse>> {
    const after = cursor === undefined ? undefined : decodeCursor<store.PageCursor>(cursor, POSITION);
    const names = this.definitions.kinds.map(({ name }) => name);
    const wanted = names.filter((name) => kind === undefined || name === kind);
    const found = await store.list(this.database, wanted, limit + 1, after);
    const page = pageOf(found, limit, ({ createdAt, id }) => ({ createdAt, id }));
    return { items: await this.toResponses(page.items), next: page.next };
  }

  /** The schema and default of each kind, for editors and programs that draft. */
  @Get('schemas')
  @ApiResponseShape(PageOf(KindResponse))
  schemas(): Page<KindResponse> {
    const items = this.definitions.kinds.map((each) => ({
      kind: each.name,
      schema: bundledSchema(each),
      default: each.default as object,
    }));
    return { items, next: null };
  }

  @Get(':id')
  @ApiResponseShape(DefinitionDetail)
  async get(@Param('id') id: string): Promise<DefinitionDetail> {
    const definition = await this.definitions.find(this.database, id);
    if (!definition) throw notFound(id);
    const [response] = await this.toResponses([definition]);
    const base = definition.basedOn && (await this.definitions.find(this.database, definition.basedOn));
    return { ...response!, changes: base ? changesBetween(base.document, definition.document) : [] };
  }

  @Post(':kind')
  @Roles('marketing', 'manager', 'operations', 'admin')
  @ApiBody({ schema: draftRequestSchema })
  @ApiResponseShape(DefinitionResponse, 201)
  async draft(
    @Param('kind') kind: string,
    @Body() body: unknown,
    @CurrentUser() user: User,
  ): Promise<DefinitionResponse> {
    const draft = { ...draftRequestOf(body), by: { id: user.id, name: user.name } };
    return this.toResponse(await this.definitions.draft(kind, draft, this.clock.now()));
  }

  @Post(':id/sign')
  @Roles('marketing', 'manager', 'admin')
  @ApiResponseShape(DefinitionResponse)
  async sign(
    @Param('id') id: string,
    @Body() { as, activeFrom }: SignRequest,
    @CurrentUser() by: User,
  ): Promise<DefinitionResponse> {
    const signed = await this.definitions.sign(id, {
      by,
      now: this.clock.now(),
      ...(as ? { as } : {}),
      ...(activeFrom ? { activeFrom: new Date(activeFrom) } : {}),
    });
    return this.toResponse(signed);
  }

  private async toResponse(definition: Definition): Promise<DefinitionResponse> {
    const [response] = await this.toResponses([definition]);
    return response!;
  }

  private async toResponses(definitions: readonly Definition[]): Promise<DefinitionResponse[]> {
    const now = this.clock.now();
    const kinds = [...new Set(definitions.map((each) => each.kind))];
    const activated = await store.activatedByKind(this.database, kinds);
    return definitions.map((each) => toResponse(each, inForce(activated.get(each.kind) ?? [], now)?.id, now));
  }
}

/** The controller of a service's definitions: `http: [definitionRoutes(kinds)]`. */
export const definitionRoutes = (kinds: readonly DefinitionKind[]): Type => {
  // Only OpenAPI needs the kinds before the controller exists.
  const describeKind = ApiParam({ name: 'kind', enum: kinds.map(({ name }) => name) });
  const draft = Object.getOwnPropertyDescriptor(DefinitionsHttp.prototype, 'draft')!;
  describeKind(DefinitionsHttp.prototype, 'draft', draft);
  return DefinitionsHttp;
};
