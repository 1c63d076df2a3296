// violates rules-stay-pure/built-in
export { readFileSync } from 'node:fs';
