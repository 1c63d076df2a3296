// violates shared-libs-stay-pure/conditions-lib
export { wire } from '../../wire/src/wire.js';
