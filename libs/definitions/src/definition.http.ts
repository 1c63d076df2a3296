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
  RecordsChanges,
  type RecordChanges,
  Roles,
  User,
  type Page,
} from '@baton/platform';
import { Body, Controller, Get, Param, Post, Query, type Type } from '@nestjs/common';
import { ApiBody, ApiParam } from '@nestjs/swagger';
import { changesBetween } from './changes.js';
import {
  DefinitionsQuery,
  draftRequestOf,
  draftRequestSchema,
  RollBackRequest,
  SignRequest,
} from './definition.request.js';
import { DefinitionDetail, DefinitionResponse, KindResponse, toResponse } from './definition.response.js';
import * as store from './definition.store.js';
import { inForce, type Definition } from './definition.js';
import { draftChanges, signatureChanges } from './recorded.js';
import { changedSentences } from './sentences.js';
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
    if (!base) return { ...response!, changes: [], sentences: [] };
    const describe = this.definitions.kinds.find(({ name }) => name === definition.kind)?.describe;
    return {
      ...response!,
      changes: changesBetween(base.document, definition.document),
      sentences: describe ? changedSentences(describe(base.document), describe(definition.document)) : [],
    };
  }

  @Post(':kind')
  @Roles('marketing', 'manager', 'operations', 'admin')
  @ApiBody({ schema: draftRequestSchema })
  @ApiResponseShape(DefinitionResponse, 201)
  async draft(
    @Param('kind') kind: string,
    @Body() body: unknown,
    @CurrentUser() user: User,
    @RecordsChanges() record: RecordChanges,
  ): Promise<DefinitionResponse> {
    const draft = { ...draftRequestOf(body), by: { id: user.id, name: user.name } };
    return this.drafted(await this.definitions.draft(kind, draft, this.clock.now()), record);
  }

  @Post(':id/sign')
  @Roles('marketing', 'manager', 'admin')
  @ApiResponseShape(DefinitionResponse)
  async sign(
    @Param('id') id: string,
    @Body() { as, activeFrom }: SignRequest,
    @CurrentUser() by: User,
    @RecordsChanges() record: RecordChanges,
  ): Promise<DefinitionResponse> {
    const before = await this.definitions.find(this.database, id);
    const signed = await this.definitions.sign(id, {
      by,
      now: this.clock.now(),
      ...(as ? { as } : {}),
      ...(activeFrom ? { activeFrom: new Date(activeFrom) } : {}),
    });
    record(signatureChanges(before, signed));
    return this.toResponse(signed);
  }

  /** Drafts the content of an earlier version anew, with the reason; both teams sign it as any other draft. */
  @Post(':id/roll-back')
  @Roles('marketing', 'manager', 'operations', 'admin')
  @ApiResponseShape(DefinitionResponse, 201)
  async rollBack(
    @Param('id') id: string,
    @Body() { reason }: RollBackRequest,
    @CurrentUser() { id: userId, name }: User,
    @RecordsChanges() record: RecordChanges,
  ): Promise<DefinitionResponse> {
    const command = { reason: reason.trim(), by: { id: userId, name } };
    return this.drafted(await this.definitions.rollBack(id, command, this.clock.now()), record);
  }

  /** What it changes of the version in force is in the audit log. */
  private async drafted(draft: Definition, record: RecordChanges): Promise<DefinitionResponse> {
    const base = draft.basedOn && (await this.definitions.find(this.database, draft.basedOn));
    record(draftChanges(base || undefined, draft));
    return this.toResponse(draft);
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
