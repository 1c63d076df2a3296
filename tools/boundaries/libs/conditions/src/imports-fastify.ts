// violates shared-libs-stay-pure/conditions-fastify
export { fastify } from 'fastify';
