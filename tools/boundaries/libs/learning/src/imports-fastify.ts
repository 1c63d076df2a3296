// violates shared-libs-stay-pure/learning-fastify
export { fastify } from 'fastify';
