const CHECKED_BY_RULES = 'baton:checked-by-rules';

/**
 * The body reaches its route as parsed, and the route checks it. For bodies so large that validating and copying each object would
 * block the process. The class-validator decorators of the class describe the API only.
 */
export const CheckedByRules = (): ClassDecorator => (target) =>
  Reflect.defineMetadata(CHECKED_BY_RULES, true, target);

export const isCheckedByRules = (target: object | undefined): boolean =>
  target !== undefined && Reflect.hasOwnMetadata(CHECKED_BY_RULES, target);
