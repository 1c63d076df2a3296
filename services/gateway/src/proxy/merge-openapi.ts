type Json = Record<string, unknown>;

/** An OpenAPI document, as far as merging goes. */
export interface OpenApi extends Json {
  readonly paths: Readonly<Record<string, unknown>>;
  readonly components?: Json & { readonly schemas?: Readonly<Record<string, unknown>> };
}

export interface Part {
  /** The service's name: prefix of its schemas when another service has a different one of the same name. */
  readonly name: string;
  readonly document: OpenApi;
  /** The public path of one of its paths; undefined for one that is not public. */
  readonly pathOf: (path: string) => string | undefined;
}

/** One document of several. For a path in two of them the first takes precedence. */
export const mergeOpenApi = (title: string, parts: readonly Part[]): OpenApi => {
  const paths: Record<string, unknown> = {};
  const schemas: Record<string, unknown> = {};
  for (const part of parts) {
    const own = part.document.components?.schemas ?? {};
    const renamed = Object.keys(own).filter(
      (name) => name in schemas && JSON.stringify(schemas[name]) !== JSON.stringify(own[name]),
    );
    const { document } = withNames(part, renamed);
    for (const [path, item] of Object.entries(document.paths)) {
      const publicPath = part.pathOf(path);
      if (publicPath) paths[publicPath] = { ...(item as Json), ...(paths[publicPath] as Json | undefined) };
    }
    for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) schemas[name] ??= schema;
  }
  const [first] = parts;
  return {
    openapi: '3.1.0',
    info: { title, version: '1' },
    paths,
    components: { ...first?.document.components, schemas },
  };
};

/** The part with some of its schemas renamed. */
const withNames = (part: Part, renamed: readonly string[]): Part => {
  if (renamed.length === 0) return part;
  const prefix = part.name.charAt(0).toUpperCase() + part.name.slice(1);
  const { schemas = {}, ...components } = part.document.components ?? {};
  const named = Object.entries(schemas).map(([name, schema]) => [
    renamed.includes(name) ? prefix + name : name,
    schema,
  ]);
  const document = {
    ...part.document,
    components: { ...components, schemas: Object.fromEntries(named) as Json },
  };
  const text = JSON.stringify(document).replace(/"#\/components\/schemas\/([^"]+)"/g, (ref, name: string) =>
    renamed.includes(name) ? `"#/components/schemas/${prefix}${name}"` : ref,
  );
  return { ...part, document: JSON.parse(text) as OpenApi };
};
