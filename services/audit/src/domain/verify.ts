/** The one verifier of chains, which whoever verifies an archive has too. */
export { verifyChain } from '@team/trail';
