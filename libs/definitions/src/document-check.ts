import { conditionSchema } from '@baton/conditions';
import { childPointer, type Violation } from '@baton/contracts';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { storageViolation } from './document-limits.js';

/** More faults than these help nobody. */
const MAX_VIOLATIONS = 50;

/** The branches of an alternative that did not fit say little; the alternative itself says what it wanted. */
const isBranch = ({ schemaPath }: ErrorObject): boolean => /\/(oneOf|anyOf)\/\d+\//.test(schemaPath);

const message = ({ keyword, params, parentSchema, message: text = 'is not valid' }: ErrorObject): string => {
  const wanted = parentSchema as { description?: string } | undefined;
  switch (keyword) {
    case 'enum':
      return `must be one of ${(params['allowedValues'] as unknown[]).join(', ')}`;
    case 'const':
      return `must be ${JSON.stringify(params['allowedValue'])}`;
    case 'oneOf':
    case 'anyOf':
      return wanted?.description ? `must be ${wanted.description}` : text;
    default:
      return text;
  }
};

const toFault = (error: ErrorObject): Violation => {
  const { instancePath, keyword, params } = error;
  if (keyword === 'required')
    return { pointer: childPointer(instancePath, params['missingProperty'] as string), detail: 'is missing' };
  const stranger = (params['additionalProperty'] ?? params['unevaluatedProperty']) as string | undefined;
  if (stranger !== undefined)
    return { pointer: childPointer(instancePath, stranger), detail: 'is not known here' };
  return { pointer: instancePath, detail: message(error) };
};

/**
 * A check of documents: first whether they can be kept at all, then the schema, then what only the owner's `check` knows. Paths
 * are JSON Pointers from the document's root.
 */
export const documentCheck = (
  schema: object,
  check: (document: never) => readonly Violation[],
): ((document: unknown) => readonly Violation[]) => {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
  });
  formats.default(ajv);
  const accepts = ajv.addSchema(conditionSchema).compile(schema);
  return (document) => {
    const fault = storageViolation(document);
    if (fault) return [fault];
    if (accepts(document)) return check(document as never);
    const errors = accepts.errors ?? [];
    const telling = errors.filter((error) => !isBranch(error) && error.keyword !== 'if');
    return (telling.length > 0 ? telling : errors).slice(0, MAX_VIOLATIONS).map(toFault);
  };
};
