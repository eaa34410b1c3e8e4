import { place, textIn, type ServiceReference } from './authorization.ts';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html */
export const lambda: ServiceReference = {
  prefix: 'lambda',
  actions: { Invoke: (input, ground) => [{ action: 'InvokeFunction', resource: `arn:aws:lambda:${place(ground)}:function:${textIn(input, 'FunctionName')}` }] },
};
