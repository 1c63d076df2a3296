import { applyDecorators, HttpCode, SetMetadata, type Type } from '@nestjs/common';

const API_RESPONSE = 'baton:api-response';

interface PageShape {
  readonly pageOf: Type;
}
type ResponseShape = Type | readonly [Type] | PageShape;

/** Declared response of a route. */
export interface ApiResponse {
  readonly shape: ResponseShape | undefined;
  readonly status: number;
}

/** A page of items of this class: `@ApiResponseShape(PageOf(LeadSummary))`. */
export const PageOf = (item: Type): PageShape => ({ pageOf: item });

/**
 * Response of a route, for its status and for OpenAPI: a class decorated with class-validator, `[Class]` for a list, or
 * `PageOf(Class)`; without a shape the status is 204.
 */
export const ApiResponseShape = (shape?: ResponseShape, status = shape ? 200 : 204): MethodDecorator =>
  applyDecorators(HttpCode(status), SetMetadata(API_RESPONSE, { shape, status } satisfies ApiResponse));

export const apiResponseOf = (handler: object): ApiResponse | undefined =>
  Reflect.getMetadata(API_RESPONSE, handler) as ApiResponse | undefined;

/** The item class of a shape. */
export const itemOf = (shape: ResponseShape): Type => {
  if ('pageOf' in shape) return shape.pageOf;
  return typeof shape === 'function' ? shape : shape[0];
};

/** The schema of a shape, given the schema of its item class. */
export const schemaOf = (shape: ResponseShape, item: object): object => {
  if (typeof shape === 'function') return item;
  const items = { type: 'array', items: item };
  if (!('pageOf' in shape)) return items;
  const next = { type: ['string', 'null'], description: 'Pass it as `cursor` to get the next page.' };
  return { type: 'object', properties: { items, next }, required: ['items', 'next'] };
};
