import type { Type } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiProperty, DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { accessOf } from '../identity/user.js';
import { apiResponseOf, itemOf, schemaOf } from './api-response-shape.js';
import { PROBLEM_SCHEMA } from './problem.js';
import { isShape, openApiSchemasOf, type Shape } from './schemas.js';

type Schema = Record<string, unknown>;
type Paths = OpenAPIObject['paths'];
type Operation = NonNullable<Paths[string]['get']>;

interface Route {
  readonly id: string;
  readonly controller: Type;
  readonly name: string;
  readonly handler: object;
}

/**
 * The OpenAPI 3.1 document of a service, the same bytes for the same code. Schemas are generated from the class-validator
 * decorators of the classes in `@Body()`, `@Query()` and in `@ApiResponseShape()`.
 */
export const openApiOf = (
  app: NestFastifyApplication,
  name: string,
  controllers: readonly Type[],
): object => {
  const routes = controllers.flatMap((controller) => routesOf(controller));
  const schemas = schemasOf(routes);
  const head = new DocumentBuilder().setTitle(`Baton ${name}`).setVersion('1').setOpenAPIVersion('3.1.0');
  const document = SwaggerModule.createDocument(app, head.addBearerAuth().build(), {
    operationIdFactory: operationId,
    autoTagControllers: false,
  });
  const paths = completed(document.paths, new Map(routes.map((route) => [route.id, route])));
  return { ...document, paths, components: { ...document.components, schemas } };
};

const routesOf = (controller: Type): Route[] => {
  const prototype = controller.prototype as Record<string, object>;
  return Object.getOwnPropertyNames(prototype)
    .filter((name) => name !== 'constructor' && typeof prototype[name] === 'function')
    .map((name) => ({
      controller,
      name,
      handler: prototype[name]!,
      id: operationId(controller.name, name),
    }));
};

/** `LeadsHttp.search` → `leadsSearch` */
const operationId = (controller: string, method: string): string => {
  const noun = controller.replace(/Http$/, '');
  return noun.charAt(0).toLowerCase() + noun.slice(1) + method.charAt(0).toUpperCase() + method.slice(1);
};

const schemasOf = (routes: readonly Route[]): Record<string, Schema> => {
  const schemas: Record<string, Schema> = { Problem: PROBLEM_SCHEMA };
  for (const { handler } of routes) {
    const shape = apiResponseOf(handler)?.shape;
    if (shape) Object.assign(schemas, openApiSchemasOf(itemOf(shape), 'response'));
  }
  for (const route of routes) {
    for (const kind of [RouteParamtypes.QUERY, RouteParamtypes.PARAM])
      shapesOf(route, kind).forEach(describeParameters);
    for (const shape of shapesOf(route, RouteParamtypes.BODY))
      Object.assign(schemas, openApiSchemasOf(shape, 'request'));
  }
  return sorted(schemas);
};

/** Argument classes of a route with this decorator that have class-validator decorators. */
const shapesOf = ({ controller, name }: Route, wanted: RouteParamtypes): Shape[] => {
  const types = Reflect.getMetadata('design:paramtypes', controller.prototype as object, name) as unknown[];
  const decorated = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as Schema;
  return Object.entries(decorated)
    .filter(([key]) => Number(key.split(':', 1)[0]) === (wanted as number))
    .map(([, argument]) => types[(argument as { index: number }).index])
    .filter(isShape);
};

/** Nest expands the class of a query or path into parameters, but only from its own metadata. */
const describeParameters = (shape: Shape): void => {
  const { properties, required } = openApiSchemasOf(shape, 'request')[shape.name] as {
    properties: Record<string, Schema>;
    required: string[];
  };
  for (const [name, property] of Object.entries(properties))
    ApiProperty({ ...property, required: required.includes(name) })(shape.prototype as object, name);
};

const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
const refusal = {
  description: 'Refused.',
  content: { 'application/problem+json': { schema: ref('Problem') } },
};

/** Sorted, with responses and security; a method with several paths gets a distinct operation id for each. */
const completed = (paths: Paths, routes: ReadonlyMap<string, Route>): Paths => {
  const seen = new Map<string, number>();
  const all = sorted(paths);
  for (const operation of Object.values(all).flatMap((path) => Object.values(path) as Operation[])) {
    // Nest numbers the paths of a method: `booksPing[0]`.
    const id = operation.operationId!.replace(/\[\d+\]$/, '');
    const route = routes.get(id);
    const times = (seen.get(id) ?? 0) + 1;
    seen.set(id, times);
    operation.operationId = times > 1 ? `${id}${times}` : id;
    if (!route) continue;
    if (accessOf(route.handler, route.controller) !== 'public') operation.security = [{ bearer: [] }];
    operation.responses = { ...operation.responses, ...responsesOf(route), default: refusal };
  }
  return all;
};

const responsesOf = ({ handler }: Route): object => {
  const { shape, status } = apiResponseOf(handler) ?? {};
  if (!shape || !status) return {};
  const schema = schemaOf(shape, ref(itemOf(shape).name));
  return { [status]: { description: 'Done.', content: { 'application/json': { schema } } } };
};

const sorted = <Value>(record: Record<string, Value>): Record<string, Value> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
