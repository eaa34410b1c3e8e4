import { exitCodes, Failure, forPeople, refused } from '../failure.ts';

/** Nobody is known by these credentials, or there are none; nothing else can be asked then. */
const unknownCaller = /^(CredentialsProviderError|TokenProviderError|ExpiredToken(Exception)?|UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|SignatureDoesNotMatch|IncompleteSignature|RequestExpired)$/;

/** Whether an error is about who calls, and so ends the whole examination. */
export const isAboutCaller = (error: unknown): boolean => error instanceof Error && (unknownCaller.test(error.name) || isAboutCaller(error.cause));

/** An error of a call to AWS, `where` in words, as one for people; what is our own mistake comes out as it is. */
export function forAws(error: unknown, where: string): unknown {
  if (error instanceof Error && isAboutCaller(error)) {
    return refused(`AWS was not asked, or does not take these credentials (${error.name}: ${error.message}). Sign in again, or say whose they are with AWS_PROFILE.`, error);
  }
  const failure = forPeople(error, where);
  if (failure?.exitCode !== exitCodes.unreachable) return error;
  return new Failure(exitCodes.unreachable, `${where} was not reached: look at the network, the proxy, and the Region (--region)`, { cause: error });
}
