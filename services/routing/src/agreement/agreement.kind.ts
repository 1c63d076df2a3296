import { defineKind } from '@baton/definitions';
import { agreementSchema } from './agreement.schema.js';
import { defaultAgreement, type Agreement } from './agreement.js';
import { agreementViolations } from './agreement.violations.js';
import { describeAgreement } from './describe-agreement.js';
import { compileAgreement, type SegmentOf } from './segment-of.js';

/** The kind of definition that both teams sign. */
export const agreement = defineKind<Agreement, SegmentOf>({
  name: 'agreement',
  schema: agreementSchema,
  check: agreementViolations,
  describe: describeAgreement,
  compile: compileAgreement,
  default: defaultAgreement,
});
