/** What the API takes and gives, as its OpenAPI document has it. The web application knows the types alone. */
export * from './values.ts';
export * from './choices.ts';
export * from './person.ts';
export * from './asking.ts';
export * from './requests.ts';
export * from './overview.ts';
export * from './administration.ts';
export * from './trail.ts';
