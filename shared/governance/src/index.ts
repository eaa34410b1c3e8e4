export * from './change.ts';
export * from './governance.ts';
export * from './judging.ts';
export * from './policy-item.ts';
export * from './register.ts';
export * from './definitions.ts';
export * from './stored-policies.ts';
