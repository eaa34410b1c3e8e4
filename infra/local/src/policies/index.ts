export { loadPolicies, type LoadedPolicies } from './load-policies.ts';
