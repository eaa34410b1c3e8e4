import { waysOf, type Way } from './paths.ts';

const trigger = (...http: string[]) => ({ trigger: { http }, timeoutSeconds: 1, actions: [] });
const functions = { pages: trigger('/', '/{proxy+}'), api: trigger('/v1/{proxy+}', '/healthz'), decide: trigger('/v1/requests/{id}/end', '/v1/delegation') };

it('has a way for each beginning of a path and for what follows on it, since a gateway that knows the beginning looks nowhere else', () => {
  const ways = waysOf({ functions }).map(({ path, functionName }: Way) => `${path} ${functionName}`);
  expect(ways).toEqual([
    '/ pages',
    '/healthz api',
    '/healthz/{proxy+} pages',
    '/v1 api',
    '/v1/delegation decide',
    '/v1/delegation/{proxy+} api',
    '/v1/requests api',
    '/v1/requests/{id} api',
    '/v1/requests/{id}/end decide',
    '/v1/requests/{id}/end/{proxy+} api',
    '/v1/requests/{id}/{proxy+} api',
    '/v1/{proxy+} api',
    '/{proxy+} pages',
  ]);
});

it('is refused where nobody answers', () => {
  expect(() => waysOf({ functions: { decide: functions.decide } })).toThrow('no function answers /v1');
});
