// violates production-without-tests/infra
export { infra } from '../../../infra/infra.js';
