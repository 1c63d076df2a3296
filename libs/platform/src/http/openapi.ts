import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiProperty, DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { accessOf } from '../identity/user.js';
import { ANSWER } from './answers.js';
import { PROBLEM_SCHEMA } from './problem.js';
import { isShape, openApiSchemasOf, type Shape } from './schemas.js';

type Schema = Record<string, unknown>;
interface Route {
  readonly controller: Type;
  readonly name: string;
  readonly handler: object;
}
interface Argument {
  readonly kind: number;
  readonly shape: Shape;
}

/**
 * The OpenAPI 3.1 document of a service, the same bytes for the same code. Schemas come from the class-validator
 * decorators of the classes that stand as `@Body()`, `@Query()` and in `@Answers()`; nothing is declared a second time.
 */
export const openApiOf = (
  app: NestFastifyApplication,
  service: string,
  controllers: readonly Type[],
): OpenAPIObject => {
  const routes = controllers.flatMap((controller) => routesOf(controller));
  const schemas: Record<string, Schema> = { Problem: PROBLEM_SCHEMA };
  for (const route of routes) {
    const answer = Reflect.getMetadata(ANSWER, route.handler) as Shape | undefined;
    if (answer) Object.assign(schemas, openApiSchemasOf(answer, false));
  }
  for (const { kind, shape } of routes.flatMap((route) => argumentsOf(route))) {
    if (kind === RouteParamtypes.QUERY) describeQuery(shape);
    else Object.assign(schemas, openApiSchemasOf(shape, true));
  }
  const config = new DocumentBuilder()
    .setTitle(`Baton ${service}`)
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth()
    .build();
  const document = SwaggerModule.createDocument(app, config, { operationIdFactory: operationId });
  const guarded = new Set(
    routes.filter(isGuarded).map(({ controller, name }) => operationId(controller.name, name)),
  );
  return {
    ...document,
    paths: finish(document.paths, guarded),
    components: { ...document.components, schemas: sorted(schemas) },
  } as OpenAPIObject;
};

const routesOf = (controller: Type): Route[] => {
  const prototype = controller.prototype as Record<string, object>;
  return Object.getOwnPropertyNames(prototype)
    .filter((name) => name !== 'constructor' && typeof prototype[name] === 'function')
    .map((name) => ({ controller, name, handler: prototype[name]! }));
};

/** The arguments of a route whose type is a shape of ours. */
const argumentsOf = ({ controller, name }: Route): Argument[] => {
  const types = (Reflect.getMetadata('design:paramtypes', controller.prototype as object, name) ??
    []) as unknown[];
  const decorated = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as Record<
    string,
    { index: number }
  >;
  return Object.entries(decorated).flatMap(([key, { index }]) => {
    const kind = Number(key.split(':', 1)[0]);
    const shape = types[index];
    return (kind === RouteParamtypes.BODY || kind === RouteParamtypes.QUERY) && isShape(shape)
      ? [{ kind, shape }]
      : [];
  });
};

/** Nest spreads a query class into parameters, but only from its own metadata. */
const describeQuery = (shape: Shape): void => {
  const schema = openApiSchemasOf(shape, true)[shape.name] as {
    properties: Record<string, Schema>;
    required?: string[];
  };
  for (const [name, property] of Object.entries(schema.properties)) {
    const required = schema.required?.includes(name) ?? false;
    ApiProperty({ ...property, required } as object)(shape.prototype as object, name);
  }
};

/** `LeadsHttp.search` → `leadsSearch` */
const operationId = (controller: string, method: string): string => {
  const noun = controller.replace(/Http$/, '');
  return noun.charAt(0).toLowerCase() + noun.slice(1) + method.charAt(0).toUpperCase() + method.slice(1);
};

const isGuarded = ({ controller, handler }: Route): boolean => accessOf(handler, controller) !== 'public';

/** Sorted, each operation with its refusals; one method on several paths gives each a name of its own. */
const finish = (paths: OpenAPIObject['paths'], guarded: ReadonlySet<string>): OpenAPIObject['paths'] => {
  const refusal = {
    description: 'Refused.',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  const seen = new Map<string, number>();
  for (const operations of Object.values(sorted(paths))) {
    for (const operation of Object.values(operations)) {
      const id = operation.operationId as string;
      const times = (seen.get(id) ?? 0) + 1;
      seen.set(id, times);
      if (guarded.has(id)) operation.security = [{ bearer: [] }];
      if (times > 1) operation.operationId = `${id}${times}`;
      operation.responses['default'] = refusal;
    }
  }
  return sorted(paths);
};

const sorted = <Value>(record: Record<string, Value>): Record<string, Value> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
