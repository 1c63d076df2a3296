// violates shared-libs-stay-pure/calendar-nestjs
export { Injectable } from '@nestjs/common';
