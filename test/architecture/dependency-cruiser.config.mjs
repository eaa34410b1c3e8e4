export { boundaries as default } from './boundaries.ts';
