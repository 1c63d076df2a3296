import { Injectable } from '@nestjs/common';
export const service = Injectable;
