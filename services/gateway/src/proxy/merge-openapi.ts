type Json = Record<string, unknown>;

/** An OpenAPI document, as far as merging goes. */
export interface OpenApi extends Json {
  readonly paths: Readonly<Record<string, unknown>>;
  readonly components?: Json & { readonly schemas?: Readonly<Record<string, unknown>> };
}

export interface Part {
  /** The service's name: goes before the names of schemas that another service has too, but different. */
  readonly name: string;
  readonly document: OpenApi;
  /** Its paths as seen from outside; undefined for one that is not reached through the gateway. */
  readonly pathOf: (path: string) => string | undefined;
}

/** One document of several, the first wins for a path that two have. */
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
      const outside = part.pathOf(path);
      if (outside) paths[outside] = { ...(item as Json), ...(paths[outside] as Json | undefined) };
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

/** The part with some of its schemas called otherwise. */
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
