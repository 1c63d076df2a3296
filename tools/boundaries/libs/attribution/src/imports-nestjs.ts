// violates shared-libs-stay-pure/attribution-nestjs
export { Injectable } from '@nestjs/common';
