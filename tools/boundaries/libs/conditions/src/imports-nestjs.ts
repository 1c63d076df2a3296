// violates shared-libs-stay-pure/conditions-nestjs
export { Injectable } from '@nestjs/common';
