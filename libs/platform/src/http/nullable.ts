import { ValidateIf } from 'class-validator';

const NULLABLE = 'baton:nullable';

/** The property may be null, but not absent; with `@Optional()` it may be either. Applies to validation and OpenAPI. */
export const Nullable = (): PropertyDecorator => (target, property) => {
  ValidateIf((_, value) => value !== null)(target, property);
  Reflect.defineMetadata(NULLABLE, true, target, property);
};

export const isNullable = (target: new () => object, property: string): boolean =>
  Reflect.getMetadata(NULLABLE, target.prototype as object, property) === true;
