// violates rules-stay-pure/built-in
export { join } from 'path';
