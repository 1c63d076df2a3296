import { IS_UUID, ValidateBy } from 'class-validator';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/**
 * True for a UUID of versions 1 to 8 (RFC 9562), in either case. The nil and the max UUID are no identifiers here: senders use them
 * for "no value".
 */
export const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);

/**
 * A UUID as `isUuid` defines it. class-validator's own `@IsUUID` also accepts the nil and the max UUID, so that a request could
 * pass which no event may carry. Has the same rule name, so that JSON Schema gets `format: uuid`.
 */
export const IsUuid = (options: { readonly each?: boolean } = {}): PropertyDecorator =>
  ValidateBy(
    {
      name: IS_UUID,
      validator: {
        validate: isUuid,
        defaultMessage: () => (options.each ? 'each $property must be a UUID' : '$property must be a UUID'),
      },
    },
    options,
  );
