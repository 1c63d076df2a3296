// violates production-without-tests/e2e
export { e2e } from '../../../e2e/e2e.js';
