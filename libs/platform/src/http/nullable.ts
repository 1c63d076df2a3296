import { ValidateIf } from 'class-validator';

const NULLABLE = 'baton:nullable';

/** May be null, but not absent; in OpenAPI too. With `@Optional()` beside it may be either. */
export const Nullable = (): PropertyDecorator => (target, property) => {
  ValidateIf((_, value) => value !== null)(target, property);
  Reflect.defineMetadata(NULLABLE, true, target, property);
};

export const isNullable = (target: new () => object, property: string): boolean =>
  Reflect.getMetadata(NULLABLE, target.prototype as object, property) === true;
