export { Clock } from './clock.js';
export { KafkaSecurityConfig } from './kafka/kafka-security.config.js';
export { ConfigError, readKafkaSecurity, type Environment } from './config/load-config.js';
export { List, ServiceConfig } from './config/service.config.js';
export { exportPerson, PersonExportResponse, type PersonParts } from './database/person-export.js';
export { ReadDatabase } from './database/read-database.js';
export { migrate } from './database/migrate.js';
export { statusOf } from './http/problem.js';
export { DomainError, refusedField, type DomainErrorCode, type ProblemMembers } from './domain-error.js';
export type { Check, CheckOutcome } from './health.js';
export { ApiDocument } from './http/api-document.js';
export { kafkaSecurityOf, kafkaSecurityWarnings, type KafkaSecurity } from './kafka/kafka-security.js';
export { openApiDocument } from './openapi-document.js';
export { csvLine, csvOf } from './http/csv.js';
export { ApiResponseShape, PageOf } from './http/api-response-shape.js';
export { clientOf } from './http/client-address.js';
export { AsNumber } from './http/as-number.js';
export { CheckedByRules } from './http/checked-by-rules.js';
export { Nullable } from './http/nullable.js';
export { ProblemFilter } from './http/problem.filter.js';
export { dropUnreadBody } from './http/unread-body.js';
export { decodeCursor, encodeCursor, isPositionText, pageOf, type Page } from './http/page.js';
export { UuidPipe } from './http/uuid.pipe.js';
export { IsIdentityPrivateKey } from './identity/identity-key.config.js';
export { IdentitySigner } from './identity/identity-signer.js';
export { IdentityVerifier } from './identity/identity-verifier.js';
export {
  changedFields,
  CHANGES_HEADER,
  MAX_CHANGES_LENGTH,
  recordChanges,
  RecordsChanges,
  type Changes,
  type RecordChanges,
} from './http/recorded-changes.js';
export { leadsSeenBy, onlySellerSeenBy, type LeadsSeen } from './identity/visibility.js';
export {
  CurrentUser,
  IDENTITY_HEADER_LIMIT,
  MAX_LED_SELLERS,
  Public,
  rememberUser,
  Roles,
  LEAD_DECIDERS,
  ROLES,
  User,
  userOf,
  type LedSellers,
  type Role,
} from './identity/user.js';
export { createLogger, Logger } from './log/logger.js';
export { repeat, type Repetition } from './repeat.js';
export { run } from './run.js';
export { service, type Service, type ServiceSpec } from './service.js';
export { Shutdown } from './shutdown.js';
export { start, type Running, type StartOptions } from './start.js';
export { traceparentOf } from './telemetry/request-trace.js';
