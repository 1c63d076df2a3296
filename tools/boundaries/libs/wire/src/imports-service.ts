// violates libs-not-services/any
export { one } from '../../../services/beta/src/thing/one.js';
