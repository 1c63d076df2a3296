/** A use of something that a package does not promise to keep, so that an upgrade may break it without an error. */
export interface PrivateInterior {
  readonly name: string;
  readonly package: string;
  /** File that relies on it, from the root. */
  readonly usedIn: string;
  /** Text that stands in the file as long as it does. */
  readonly marker: string;
  /** Module paths inside the package that are imported, if any. */
  readonly imports?: readonly string[];
}

/** Every coupling of the project to a private interior of another package; the spec tries each on what is installed. */
export const PRIVATE_INTERIORS = [
  {
    name: 'RequestQueue.scheduleCheckPendingRequests is replaced',
    package: 'kafkajs',
    usedIn: 'libs/bus/src/kafkajs/request-queue-polling.ts',
    marker: 'scheduleCheckPendingRequests',
    imports: ['kafkajs/src/network/requestQueue/index.js'],
  },
  {
    name: 'methods of Encoder are replaced',
    package: 'kafkajs',
    usedIn: 'libs/bus/src/kafkajs/encoder-allocations.ts',
    marker: 'writeVarLong',
    imports: ['kafkajs/src/protocol/encoder.js'],
  },
  {
    name: 'Batch.fetchedOffset is the offset that was asked for',
    package: 'kafkajs',
    usedIn: 'libs/bus/src/reader/consumer.ts',
    marker: 'fetchedOffset',
  },
  {
    name: 'QueryRunner.isTransactionActive is set from outside',
    package: 'typeorm',
    usedIn: 'libs/bus/src/database/database.ts',
    marker: 'isTransactionActive',
  },
  {
    name: 'driver.master is the pg pool, with the options of its clients',
    package: 'typeorm',
    usedIn: 'libs/timers/src/timer-notifications.ts',
    marker: '.driver',
  },
  {
    name: 'a pooled client can be ended',
    package: 'pg',
    usedIn: 'libs/bus/src/database/database.ts',
    marker: '.end()',
  },
  {
    name: 'defaultMetadataStorage knows the types of properties',
    package: 'class-transformer',
    usedIn: 'libs/contracts/src/schema.ts',
    marker: 'defaultMetadataStorage',
    imports: ['class-transformer/cjs/storage.js'],
  },
  {
    name: 'its file has the functions, because its name alone is a deprecated module of Node',
    package: 'punycode',
    usedIn: 'libs/contracts/src/email-address.ts',
    marker: 'punycode.toUnicode',
    imports: ['punycode/punycode.js'],
  },
  {
    name: 'ROUTE_ARGS_METADATA holds the parameters of a route',
    package: '@nestjs/common',
    usedIn: 'libs/platform/src/http/openapi.ts',
    marker: 'ROUTE_ARGS_METADATA',
    imports: ['@nestjs/common/constants.js', '@nestjs/common/enums/route-paramtypes.enum.js'],
  },
  {
    name: 'errorHandler of an instance is the one in force',
    package: 'fastify',
    usedIn: 'services/ingestion/src/request/ingest-scope.http.ts',
    marker: 'errorHandler',
  },
] as const satisfies readonly PrivateInterior[];
