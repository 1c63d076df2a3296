/** A key that makes a repeated request count once; 128 random bits. `crypto.randomUUID` exists on HTTPS pages only. */
export const newIdempotencyKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
