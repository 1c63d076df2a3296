import { applyDecorators, HttpCode, type Type } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';

export const ANSWER = 'baton:answer';

interface Listed {
  readonly pageOf: Type;
}

/** A page of these as an answer: `@Answers(PageOf(LeadSummary))`. */
export const PageOf = (item: Type): Listed => ({ pageOf: item });

/**
 * What a route answers, for status and OpenAPI: a class decorated with class-validator, `[Class]` or `PageOf(Class)`.
 * Without it a route answers 200 and the document says nothing of the shape.
 */
export const Answers = (
  shape?: Type | readonly [Type] | Listed,
  status = shape ? 200 : 204,
): MethodDecorator => {
  const item = shape && classOf(shape);
  const schema = item && schemaOf(shape, { $ref: `#/components/schemas/${item.name}` });
  return applyDecorators(
    HttpCode(status),
    ApiResponse({ status, description: '', ...(schema ? { schema } : {}) }),
    ...(item ? [rememberAnswer(item)] : []),
  );
};

const classOf = (shape: Type | readonly [Type] | Listed): Type => {
  if ('pageOf' in shape) return shape.pageOf;
  return typeof shape === 'function' ? shape : shape[0];
};

const schemaOf = (shape: Type | readonly [Type] | Listed, ref: { $ref: string }) => {
  if (typeof shape === 'function') return ref;
  const items = { type: 'array', items: ref };
  if (!('pageOf' in shape)) return items;
  const next = { type: ['string', 'null'], description: 'Pass it as `cursor` to get the next page.' };
  return { type: 'object', properties: { items, next }, required: ['items', 'next'] };
};

const rememberAnswer =
  (item: Type): MethodDecorator =>
  (_target, _name, descriptor) => {
    Reflect.defineMetadata(ANSWER, item, descriptor.value as object);
  };
