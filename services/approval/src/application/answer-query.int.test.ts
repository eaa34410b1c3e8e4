import { running } from '../../test/running.ts';
import { person } from '../../test/scenario.ts';
import { permissionSetArn } from '../../test/service.ts';
import { whoApproves } from './answer-query.ts';

const asked = { requester: person('dana').userName, accountId: '111122223333', permissionSetArn };
const [anna, ben] = [person('anna'), person('ben')];

it('names who could approve: neither who is to have it, nor who asks for them', async () => {
  const { ports } = running();
  const named = async (more: object) => (await whoApproves({ ...asked, ...more }, ports)).stages.map(({ people, count }) => [people, count]);
  expect(await named({})).toEqual([[[anna.userName, ben.userName], 2]]);
  expect(await named({ askedBy: ben.userId })).toEqual([[[anna.userName], 1]]);
  expect(await named({ requester: anna.userName, askedBy: ben.userId })).toEqual([[[], 0]]);
});
