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

/**
 * A UUID of version 8 (RFC 9562) from the first 122 bits of a hash: the same text gives the same id, also when it is processed
 * again after a database was restored.
 *
 * @param hash at least 32 lower-case hexadecimal digits, such as SHA-256 of what the id stands for
 */
export const uuidOfHash = (hash: string): string => {
  const variant = '89ab'.charAt(Number.parseInt(hash.charAt(16), 16) & 3);
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
};
