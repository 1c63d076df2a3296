// violates service-not-service/any
export { one } from '../../../beta/src/thing/one.js';
