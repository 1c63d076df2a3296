import { Transform } from 'class-transformer';

/**
 * A number of a query, which comes as text. All else stays as it is for the validator to refuse: `@Type(() => Number)` fails for a value that
 * has no text, such as `{ "toString": 1 }` in a body.
 */
export const AsNumber = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && value.trim() !== '' ? Number(value) : value,
  );
