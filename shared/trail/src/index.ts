export * from './archive.ts';
export * from './chain.ts';
export * from './checkpoint.ts';
export * from './problems.ts';
export * from './record.ts';
export * from './verify.ts';
export * from './verify-archive.ts';
export * from './verify-checkpoint.ts';
export { walkAlong } from './verify-hour.ts';
