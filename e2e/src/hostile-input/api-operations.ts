import type { Random } from './random.js';

type Schema = Readonly<Record<string, any>>;

export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Schema>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** A route with a method, and a valid request of it. */
export interface Operation {
  readonly base: string;
  readonly method: string;
  /** With its parameters in braces. */
  readonly path: string;
  readonly headers: readonly (readonly [string, string])[];
  /** Names of the query parameters, with a valid value each. */
  readonly query: Readonly<Record<string, string>>;
  /** A valid value of each path parameter; another one at each call. */
  readonly pathValue: (name: string) => string;
  /** A valid body. */
  readonly body?: unknown;
}

/** Ids that exist, by the name of the parameter or field and the part of the path before it. */
export type KnownIds = Readonly<Record<string, readonly string[]>>;

export interface ApiContext {
  readonly document: OpenApi;
  readonly base: string;
  readonly authorization: string;
  readonly ids: KnownIds;
  /** A valid document of each kind of definition. */
  readonly definitions: Readonly<Record<string, object>>;
  readonly random: Random;
}

/** Every operation of an OpenAPI document; drafts of definitions once for each kind. */
export const apiOperations = (context: ApiContext): Operation[] =>
  Object.entries(context.document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, described]) => {
      const operation = operationOf(context, path, method, described);
      if (!path.endsWith('/definitions/{kind}')) return [operation];
      return Object.entries(context.definitions).map(([kind, document]) => ({
        ...operation,
        path: path.replace('{kind}', kind),
        body: { document, note: 'a note' },
      }));
    }),
  );

const operationOf = (context: ApiContext, path: string, method: string, described: Schema): Operation => {
  const { document, base, authorization, ids, random } = context;
  const query = ((described['parameters'] ?? []) as Schema[]).filter((each) => each['in'] === 'query');
  const schema = described['requestBody']?.content?.['application/json']?.schema as Schema | undefined;
  return {
    base,
    method: method.toUpperCase(),
    path,
    headers: [['authorization', authorization]],
    query: Object.fromEntries(
      query.map(({ name, schema }) => [name, String(exampleOf(schema as Schema, name as string, context))]),
    ),
    pathValue: (name) => random.pick(ids[`${path.split(`/{${name}}`)[0]}/{${name}}`] ?? ids[name] ?? ['x']),
    ...(schema && { body: exampleOf(schema, '', { document, ids, random }) }),
  };
};

/** Valid values of fields whose schema does not say enough. */
const EXAMPLES: Readonly<Record<string, unknown>> = {
  email: 'ada@engines.example',
  password: 'correct horse battery',
  from: '2026-01-01',
  to: '2026-01-05',
  wakeAt: '2030-01-05T09:00:00.000Z',
  activeFrom: '2030-01-05T09:00:00.000Z',
  redirectTo: 'https://engines.example/thanks',
  allowedRedirects: ['engines.example'],
  topic: 'leads',
  lastEventId: 'leads:1',
  recent: '5',
  limit: '5',
  reason: 'no-budget',
  stage: 'mql',
  team: 'Sales',
  reader: 'scoring',
};

const exampleOf = (
  schema: Schema,
  name: string,
  context: Pick<ApiContext, 'document' | 'ids' | 'random'>,
): unknown => {
  if (schema['$ref'])
    return exampleOf(
      context.document.components.schemas[(schema['$ref'] as string).split('/').at(-1)!]!,
      name,
      context,
    );
  if (schema['enum']) return context.random.pick(schema['enum'] as unknown[]);
  if (schema['format'] === 'uuid')
    return context.random.pick(context.ids[name] ?? context.ids['leadId'] ?? []);
  const type = [schema['type']].flat()[0] as string;
  if (Object.hasOwn(EXAMPLES, name)) return type === 'integer' ? 5 : EXAMPLES[name];
  if (type === 'object')
    return Object.fromEntries(
      Object.entries((schema['properties'] ?? {}) as Record<string, Schema>).map(([field, of]) => [
        field,
        exampleOf(of, field, context),
      ]),
    );
  if (type === 'array') return [exampleOf((schema['items'] ?? {}) as Schema, name, context)];
  if (type === 'integer' || type === 'number') return schema['minimum'] ?? 1;
  if (type === 'boolean') return true;
  return `x${Math.floor(context.random.next() * 1e9)}`;
};
