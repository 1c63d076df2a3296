declare module 'class-transformer/cjs/storage.js' {
  type MetadataStorage = NonNullable<
    import('class-validator-jsonschema/build/options.js').IOptions['classTransformerMetadataStorage']
  >;
  export const defaultMetadataStorage: MetadataStorage & {
    findTypeMetadata(target: object, property: string): { typeFunction?: () => unknown } | undefined;
  };
}
