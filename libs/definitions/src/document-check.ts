import { conditionSchema } from '@baton/conditions';
import { childPointer, type Violation } from '@baton/contracts';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

/** Violations reported for one document. */
const MAX_VIOLATIONS = 50;

/** A stored document that the current schema of its kind does not accept: a defect of this build, or of its upcaster. */
export class UnreadableDocument extends Error {
  override readonly name = 'UnreadableDocument';

  constructor(id: string, from: number, to: number, violations: readonly Violation[]) {
    const [{ pointer, detail } = { pointer: '', detail: '' }] = violations;
    super(
      `definition '${id}' of schema version ${from} does not match version ${to} (${pointer || '/'} ${detail}): ` +
        `add the missing step to the kind's upcast`,
    );
  }
}

/** Errors within the branches of an alternative; the error of the alternative itself says what is expected. */
const isBranch = ({ schemaPath }: ErrorObject): boolean => /\/(oneOf|anyOf)\/\d+\//.test(schemaPath);

const detailOf = ({ keyword, params, parentSchema, message = 'is not valid' }: ErrorObject): string => {
  const expected = parentSchema as { description?: string } | undefined;
  switch (keyword) {
    case 'enum':
      return `must be one of ${(params['allowedValues'] as unknown[]).join(', ')}`;
    case 'const':
      return `must be ${JSON.stringify(params['allowedValue'])}`;
    case 'oneOf':
    case 'anyOf':
      return expected?.description ? `must be ${expected.description}` : message;
    default:
      return message;
  }
};

const toViolation = (error: ErrorObject): Violation => {
  const { instancePath, keyword, params } = error;
  if (keyword === 'required')
    return { pointer: childPointer(instancePath, params['missingProperty'] as string), detail: 'is missing' };
  const unknownName = (params['additionalProperty'] ?? params['unevaluatedProperty']) as string | undefined;
  return unknownName === undefined
    ? { pointer: instancePath, detail: detailOf(error) }
    : { pointer: childPointer(instancePath, unknownName), detail: 'is not known here' };
};

/** Compiles a JSON Schema 2020-12, conditions included, to a check. Pointers are from the document's root. */
export const schemaCheck = (schema: object): ((document: unknown) => readonly Violation[]) => {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
  });
  formats.default(ajv);
  const isValid = ajv.addSchema(conditionSchema).compile(schema);
  return (document) => {
    if (isValid(document)) return [];
    const errors = isValid.errors ?? [];
    const specific = errors.filter((error) => !isBranch(error) && error.keyword !== 'if');
    return (specific.length > 0 ? specific : errors).slice(0, MAX_VIOLATIONS).map(toViolation);
  };
};
