import { EachNested, Nested, Optional } from '@baton/contracts';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { ServiceConfig } from '../config/service.config.js';
import { openApiDocument } from '../openapi-document.js';
import { Public } from '../identity/user.js';
import { service } from '../service.js';
import { ApiResponseShape, PageOf } from './api-response-shape.js';
import { Nullable } from './nullable.js';

class Owner {
  @IsUUID() id!: string;
  @IsString() name!: string;
}
class Book {
  @IsUUID() id!: string;
  @Nullable() @IsString() note!: string | null;
  @Nullable() @Nested(() => Owner) owner!: Owner | null;
  @Nullable() @IsIn(['new', 'used']) state!: 'new' | 'used' | null;
  @EachNested(() => Owner) former!: Owner[];
  @Optional() @Nullable() @IsInt() pages?: number | null;
}
class ShelveRequest {
  @IsString() @MaxLength(100) title!: string;
  @Optional() @EachNested(() => Owner) owners?: Owner[];
}
class BooksQuery {
  @Optional() @IsString() cursor?: string;
  @Type(() => Number) @IsInt() @Min(1) @Max(100) limit = 20;
}

class ChapterPath {
  @IsUUID() id!: string;
  @Type(() => Number) @IsInt() @Min(1) chapter!: number;
}

const neverMade = (): never => {
  throw new Error('describing a service constructs nothing of it');
};

@Controller('books')
class BooksHttp {
  constructor(readonly config: ServiceConfig) {
    neverMade();
  }
  @Get() @ApiResponseShape(PageOf(Book)) list(@Query() _query: BooksQuery): void {}
  @Get(':id') @ApiResponseShape(Book) one(@Param('id') _id: string): void {}
  @Get(':id/chapters/:chapter') chapter(@Param() _path: ChapterPath): void {}
  @Post() @ApiResponseShape([Book], 201) shelve(@Body() _request: ShelveRequest): void {}
  @Post(['move', 'carry']) @ApiResponseShape() move(): void {}
  @Public() @Post(['ping', 'pong']) @ApiResponseShape() ping(): void {}
}

const library = service({ name: 'library', config: ServiceConfig, http: [BooksHttp] });
const documentOf = async (spec = library): Promise<any> => openApiDocument(spec);
const $ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });

describe('the OpenAPI document', () => {
  it('is 3.1, and the same bytes each time', async () => {
    const document = await documentOf();

    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual(Object.keys(document.paths).sort());
    expect(JSON.stringify(await documentOf())).toBe(JSON.stringify(document));
  });

  it('takes the shape of a body from its class-validator decorators, closed as validation is', async () => {
    const { paths, components } = await documentOf();

    expect(paths['/books'].post.requestBody.content['application/json'].schema).toEqual(
      $ref('ShelveRequest'),
    );
    expect(components.schemas.ShelveRequest).toEqual({
      type: 'object',
      properties: {
        title: { type: 'string', maxLength: 100 },
        owners: { type: 'array', items: $ref('Owner') },
      },
      required: ['title'],
      additionalProperties: false,
    });
  });

  it('spreads a query class into parameters, with defaults', async () => {
    const { parameters } = (await documentOf()).paths['/books'].get;

    expect(parameters).toEqual([
      { name: 'cursor', in: 'query', required: false, schema: { type: 'string' } },
      {
        ...{ name: 'limit', in: 'query', required: false },
        schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
      },
    ]);
  });

  it('spreads the class of a path into parameters', async () => {
    const { parameters } = (await documentOf()).paths['/books/{id}/chapters/{chapter}'].get;

    expect(parameters).toEqual([
      { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
      { name: 'chapter', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } },
    ]);
  });

  it('says what a route answers: one, a list, a page, nothing', async () => {
    const { paths } = await documentOf();
    const answer = (path: string, method: string, status: number) =>
      paths[path][method].responses[status].content?.['application/json'].schema;

    expect(answer('/books/{id}', 'get', 200)).toEqual($ref('Book'));
    expect(answer('/books', 'post', 201)).toEqual({ type: 'array', items: $ref('Book') });
    expect(answer('/books', 'get', 200)).toMatchObject({
      properties: { items: { type: 'array', items: $ref('Book') }, next: { type: ['string', 'null'] } },
      required: ['items', 'next'],
    });
    expect(answer('/books/ping', 'post', 204)).toBeUndefined();
  });

  it('distinguishes null from absent', async () => {
    const { Book: book } = (await documentOf()).components.schemas;

    expect(book.required).toEqual(['id', 'note', 'owner', 'state', 'former']);
    expect(book.properties.note).toEqual({ type: ['string', 'null'] });
    expect(book.properties.owner.anyOf).toEqual([expect.objectContaining($ref('Owner')), { type: 'null' }]);
    expect(book.properties.state.anyOf).toEqual([
      { type: 'string', enum: ['new', 'used'] },
      { type: 'null' },
    ]);
    expect(book.properties.pages).toEqual({ type: ['integer', 'null'] });
  });

  it('documents the security and the refusals of every route', async () => {
    const { paths } = await documentOf();

    expect(paths['/books'].get.security).toEqual([{ bearer: [] }]);
    expect(paths['/books/ping'].post.security).toBeUndefined();
    expect(paths['/books/move'].post.security).toEqual([{ bearer: [] }]);
    expect(paths['/books'].get.responses.default.content['application/problem+json'].schema).toEqual(
      $ref('Problem'),
    );
  });

  it('gives every operation a distinct id', async () => {
    const { paths } = await documentOf();
    const ids = Object.values<any>(paths).flatMap((path) =>
      Object.values<any>(path).map((one) => one.operationId),
    );

    expect(ids.sort()).toEqual([
      'booksChapter',
      'booksList',
      'booksMove',
      'booksMove2',
      'booksOne',
      'booksPing',
      'booksPing2',
      'booksShelve',
    ]);
  });
});
