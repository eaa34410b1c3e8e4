export * from './build-event.ts';
export * from './example-value.ts';
export * from './fixed-clock.ts';
