import { requestsAnswer } from '@team/contracts';
import { auditForTests } from './audit-for-tests.ts';
import { lifeOf, questionsAbout, type Crowd } from './lives.ts';

const limit = 5;
const crowd: Crowd = { people: 9, accounts: 11, permissionSets: 2 };

/** The service after so many lives, and which operations each question takes. */
async function operations(lives: number): Promise<Map<string, string[]>> {
  const audit = await auditForTests();
  for (let n = 0; n < lives; n += 1) await audit.follow(lifeOf(n, crowd).events);
  const used = new Map<string, string[]>();
  for (const [name, question] of questionsAbout(60, crowd, limit)) {
    const calls: string[] = [];
    audit.intercept(async ({ action, input }, next) => {
      const answer = await next();
      calls.push(typeof input['IndexName'] === 'string' ? `${action} ${input['IndexName']}` : action);
      return answer;
    });
    const { requests } = requestsAnswer.parse(await audit.query(question));
    audit.intercept(undefined);
    expect([name, requests.length > 0]).toEqual([name, true]);
    used.set(name, calls);
  }
  return used;
}

it('every question reads keys from an index and items by their keys, as many among few requests as among many', async () => {
  const [few, many] = [await operations(62), await operations(186)];
  for (const [name, calls] of many) {
    expect([name, calls.filter((call) => !/^(Query( \w+)?|BatchGetItem)$/.test(call))]).toEqual([name, []]);
    // One page of keys and their lifecycles; again where not all that a list names fits, and for each month.
    expect([name, calls.length <= 6]).toEqual([name, true]);
    if (!/person in an account|could reach/.test(name)) expect([name, calls.length]).toEqual([name, few.get(name)?.length]);
  }
}, 120_000);
