import { DomainError, Nullable, ApiResponseShape, PageOf, pageOf, Roles, type Page } from '@baton/platform';
import { Optional } from '@baton/contracts';
import { Body, Controller, Get, HttpCode, Injectable, Param, Post, Put, Query } from '@nestjs/common';
import {
  ArrayMaxSize,
  IsArray,
  IsObject,
  IsString,
  IsUrl,
  Matches,
  MaxLength,
  MinLength,
} from 'class-validator';
import { randomBytes } from 'node:crypto';
import { cursorId, ListQuery, SLUG, SLUG_RULE } from '../source/sources.http.js';
import { FIELD_TARGETS } from './field-target.js';
import { mappingFaultsIn } from './field-mapping.js';
import { FormCache } from './form.cache.js';
import { FormStore, type Form } from './form.store.js';

const PAGE = 100;
const WEB_ADDRESS = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };
const HOST = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/;

export class UpdateFormRequest {
  @IsString() @MinLength(1) @MaxLength(256) readonly name!: string;
  /** Page shown after a submit; a short thank-you when absent. */
  @Optional()
  @MaxLength(2048)
  @IsUrl(WEB_ADDRESS, { message: 'must be an http or https address' })
  readonly redirectTo?: string;
  /** Hosts that the form's own field `_redirect` may send visitors to. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(50)
  @Matches(HOST, {
    each: true,
    message: 'must be host names in lower case, with port where it is not the usual one',
  })
  readonly allowedRedirects?: readonly string[];
  /** What fields are, by their names, where the names alone do not say it; see `GET /forms/field-targets`. */
  @Optional() @IsObject() readonly mapping?: Readonly<Record<string, string>>;
}

export class CreateFormRequest extends UpdateFormRequest {
  /** Part of the form's address, `/f/{id}`; generated when absent. */
  @Optional() @Matches(SLUG, { message: SLUG_RULE }) readonly id?: string;
  @IsString() @MaxLength(64) readonly sourceId!: string;
}

export class CreatedFormResponse {
  @IsString() readonly id!: string;
}

export class FormResponse {
  @IsString() readonly id!: string;
  @IsString() readonly sourceId!: string;
  @IsString() readonly name!: string;
  @Nullable() @IsString() readonly redirectTo!: string | null;
  @IsArray() @IsString({ each: true }) readonly allowedRedirects!: readonly string[];
  @IsObject() readonly mapping!: Readonly<Record<string, string>>;
  @IsString() readonly createdAt!: string;
}

export class FieldTargetsResponse {
  @IsArray() @IsString({ each: true }) readonly targets!: readonly string[];
}

const toResponse = (form: Form): FormResponse => ({ ...form, createdAt: form.createdAt.toISOString() });

/** @throws DomainError `invalid` for a mapping to something that is no target */
const settingsOf = ({ name, redirectTo, allowedRedirects, mapping = {} }: UpdateFormRequest) => {
  const errors = mappingFaultsIn(mapping);
  if (errors.length > 0)
    throw new DomainError('invalid', 'A field is mapped to something that a field cannot be; see `errors`.', {
      errors,
    });
  return { name, redirectTo: redirectTo ?? null, allowedRedirects: allowedRedirects ?? [], mapping };
};

@Injectable()
@Roles('marketing', 'operations', 'admin')
@Controller('forms')
export class FormsHttp {
  constructor(
    private readonly forms: FormStore,
    private readonly cache: FormCache,
  ) {}

  @Post()
  @ApiResponseShape(CreatedFormResponse, 201)
  async create(@Body() request: CreateFormRequest): Promise<CreatedFormResponse> {
    const { sourceId } = request;
    const id = request.id ?? `form-${randomBytes(8).toString('hex')}`;
    await this.forms.create({ id, sourceId, ...settingsOf(request) });
    await this.cache.refresh();
    return { id };
  }

  /** Everything but its id and source; what is absent is set to its default. */
  @Put(':id')
  @HttpCode(204)
  async update(@Param('id') id: string, @Body() request: UpdateFormRequest): Promise<void> {
    await this.forms.update({ id, ...settingsOf(request) });
    await this.cache.refresh();
  }

  /** What a field of a form can be. */
  @Get('field-targets')
  @ApiResponseShape(FieldTargetsResponse)
  targets(): FieldTargetsResponse {
    return { targets: FIELD_TARGETS };
  }

  @Get()
  @ApiResponseShape(PageOf(FormResponse))
  async list(@Query() { cursor }: ListQuery): Promise<Page<FormResponse>> {
    const found = await this.forms.list(cursorId(cursor), PAGE + 1);
    return pageOf(found.map(toResponse), PAGE, ({ id }) => ({ id }));
  }
}
