import { applyDecorators, HttpCode, SetMetadata, type Type } from '@nestjs/common';

const ANSWER = 'baton:answer';

interface PageShape {
  readonly pageOf: Type;
}
type AnswerShape = Type | readonly [Type] | PageShape;

/** What a route says it answers. */
export interface Answer {
  readonly shape: AnswerShape | undefined;
  readonly status: number;
}

/** A page of these as an answer: `@Answers(PageOf(LeadSummary))`. */
export const PageOf = (item: Type): PageShape => ({ pageOf: item });

/**
 * What a route answers, for its status and for OpenAPI: a class decorated with class-validator, `[Class]` for a list, or
 * `PageOf(Class)`; with nothing it answers 204.
 */
export const Answers = (shape?: AnswerShape, status = shape ? 200 : 204): MethodDecorator =>
  applyDecorators(HttpCode(status), SetMetadata(ANSWER, { shape, status } satisfies Answer));

export const answerOf = (handler: object): Answer | undefined =>
  Reflect.getMetadata(ANSWER, handler) as Answer | undefined;

/** The class within a shape. */
export const itemOf = (shape: AnswerShape): Type => {
  if ('pageOf' in shape) return shape.pageOf;
  return typeof shape === 'function' ? shape : shape[0];
};

/** The schema of a shape, given that of its class. */
export const schemaOf = (shape: AnswerShape, item: object): object => {
  if (typeof shape === 'function') return item;
  const items = { type: 'array', items: item };
  if (!('pageOf' in shape)) return items;
  const next = { type: ['string', 'null'], description: 'Pass it as `cursor` to get the next page.' };
  return { type: 'object', properties: { items, next }, required: ['items', 'next'] };
};
