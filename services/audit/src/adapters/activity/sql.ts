import { TeamError } from '@team/runtime';

/** A string as a literal of SQL. https://docs.aws.amazon.com/athena/latest/ug/select.html: a quote in it is doubled. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** What can be the name of an assumed role's session: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html, RoleSessionName */
const sessionName = /^[\w+=,.@-]{2,64}$/;

/** The name in small letters. Throws `ERR_SESSION_NAME` for one that no session can have. */
export function sessionNameOf(userName: string): string {
  if (!sessionName.test(userName)) throw new TeamError('ERR_SESSION_NAME', `no session can be named "${userName}": its calls cannot be told from others`);
  return userName.toLowerCase();
}

/** Whole seconds, as CloudTrail writes times: the second in which a moment lies. */
export const secondOf = (timestamp: string): string => `${new Date(timestamp).toISOString().slice(0, 19)}Z`;
