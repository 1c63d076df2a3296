// violates production-without-tests/testing
export { eventually } from '@baton/testing';
