export { eventSourceMapping, type BatchFailure, type EventSourceMapping, type EventSourceMappingOptions } from './event-source-mapping.ts';
export { InvocationTimeoutError, invoke, type FunctionOptions, type LambdaHandler } from './invoke.ts';
export { lambdaContext } from './context.ts';
export { scheduledFunction, type ScheduledFunctionOptions } from './scheduled-function.ts';
