/** What can be wrong with the trail: the same words here and for whoever verifies an archive. */
export { maximumProblems, together, type Findings, type Problem, type ProblemKind } from '@team/trail';
